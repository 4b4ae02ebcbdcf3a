import * as v from "valibot";
import { permissionNames } from "../permission-names.ts";

/** What a running program says about its captures, in a file of its own. */
export const captureNoticeSchema = v.object({
  pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  startTime: v.string(),
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

export type CaptureNotice = v.InferOutput<typeof captureNoticeSchema>;
