import { randomUUID } from "node:crypto";
import { closeSync, openSync, statfsSync, unlinkSync } from "node:fs";
import { MAX_PAYLOAD_BYTES } from "../wire/limits.ts";
import { SHARED_SLOTS, type SharedFile } from "../wire/shared-slots.ts";

/** Where Linux keeps files in memory. */
const FOLDER = "/dev/shm";

/** No more than this part of what is free there: a container has 64 MB, and a browser needs some. */
const SHARE = 4;

/**
 * A file in memory that has no name any more, so that it goes with the last process that has it
 * open. Nothing where there is no such memory: then payloads go over the pipe.
 */
export function openSharedFile(): SharedFile | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const { bavail, bsize } = statfsSync(FOLDER);
    const slotBytes = Math.floor((bavail * bsize) / SHARE / SHARED_SLOTS);
    const path = `${FOLDER}/usermedia-${randomUUID()}`;
    const fd = openSync(path, "wx+", 0o600);
    try {
      unlinkSync(path);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
    return { fd, slotBytes: Math.min(slotBytes, MAX_PAYLOAD_BYTES) };
  } catch {
    return undefined;
  }
}
