import { linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../../host/read-regular-file.ts";
import type { Application } from "../application/application.ts";
import type { StoreData } from "./store-data.ts";

/**
 * The secret that an application's device ids are salted with: the same across runs, another for
 * each application, another after a reset. It is derived from one secret of the user, so that a
 * program that only lists devices leaves no trace in the store.
 */
export function deviceIdSalt(secret: Buffer, application: Application, data: StoreData): string {
  const nonces = application.ids.map((id) => data.applications[id]?.saltNonce ?? "");
  const [identity = `:${application.folder}`] = application.ids;
  const parts = [identity, data.saltNonce ?? "", ...nonces];
  const { createHmac } = process.getBuiltinModule("node:crypto");
  return createHmac("sha256", secret).update(JSON.stringify(parts)).digest("hex");
}

/**
 * The user's secret, made on first use. Where the folder can't be written to, a secret of this
 * process: ids change from run to run then, and nothing else.
 */
export function userSecret(folder: string | undefined): Buffer {
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const secret = randomBytes(32);
  if (folder === undefined) return secret;
  const file = join(folder, "device-id-secret");
  const existing = readSecret(file);
  if (existing !== undefined) return existing;
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(temporary, secret.toString("hex"), { mode: 0o600, flag: "wx" });
    // A link fails where another process was first, and the secret is never seen half written.
    linkSync(temporary, file);
  } catch {
    return readSecret(file) ?? secret;
  } finally {
    removeQuietly(temporary);
  }
  return secret;
}

function readSecret(file: string): Buffer | undefined {
  try {
    const text = readRegularFile(file).trim();
    return /^[0-9a-f]{64}$/u.test(text) ? Buffer.from(text, "hex") : undefined;
  } catch {
    return undefined;
  }
}

/** A folder that nothing can be made in has nothing to remove. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Said by what failed before.
  }
}
