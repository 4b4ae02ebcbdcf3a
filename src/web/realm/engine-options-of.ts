import type { EngineOptions } from "../../engine/contract.ts";
import { systemClock } from "../../engine/clock/system-clock.ts";
import type { Realm } from "./realm.ts";

/** What sources that a program itself feeds are made from. */
export function engineOptionsOf(realm: Realm): EngineOptions {
  return { clock: realm.clock ?? systemClock, codecs: realm.codecs?.() };
}
