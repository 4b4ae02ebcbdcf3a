import * as v from "valibot";
import type { PermissionName } from "../contract.ts";
import { permissionNames } from "../permission-names.ts";

/** What a running program says about its captures, in a file of its own. */
export interface CaptureNotice {
  pid: number;
  startTime: string;
  application: { name: string; path?: string | undefined };
  captures: { name: PermissionName; label: string; since: string }[];
}

/** What is in the file of a notice. */
export interface StoredNotice extends CaptureNotice {
  /** The thread that captures, where it is a worker: `terminate()` lets it remove no file. */
  worker?: { pid: number; startTime: string } | undefined;
}

const pid = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const schema: v.GenericSchema<unknown, StoredNotice> = v.object({
  pid,
  startTime: v.string(),
  worker: v.optional(v.object({ pid, startTime: v.string() })),
  application: v.object({ name: v.string(), path: v.optional(v.string()) }),
  captures: v.array(
    v.object({
      name: v.picklist(permissionNames as ["camera", "microphone", "display-capture"]),
      label: v.string(),
      // ISO 8601
      since: v.string(),
    }),
  ),
});

/**
 * Reads a notice.
 * @returns `undefined` for what is none
 * @throws SyntaxError when it isn't even JSON
 */
export function parseCaptureNotice(text: string): StoredNotice | undefined {
  const result = v.safeParse(schema, JSON.parse(text));
  return result.success ? result.output : undefined;
}
