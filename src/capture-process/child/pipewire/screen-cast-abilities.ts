import { loadLibPipeWire } from "./libpipewire.ts";
import type { ScreenCastAbilities } from "./screen-cast-portal.ts";
import { ScreenCastPortal } from "./screen-cast-portal.ts";

/**
 * What this desktop lets be shared; nobody is asked.
 * @throws DeviceError `missing-dependency` where a screen couldn't be opened, and what is missing
 */
export async function screenCastAbilities(): Promise<ScreenCastAbilities> {
  await loadLibPipeWire();
  const portal = await ScreenCastPortal.connect();
  try {
    return await portal.abilities();
  } finally {
    await portal.close();
  }
}
