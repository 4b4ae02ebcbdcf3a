import * as v from "valibot";
import type { EncoderConfig } from "../../media/encoding.ts";

/** How FFmpeg writes what a program publishes. */
export const outputSpec = v.object({
  format: v.string(),
  url: v.string(),
  options: v.record(v.string(), v.string()),
  /** What is cut out of everything that is said of it. */
  secrets: v.array(v.string()),
  streams: v.array(
    v.object({
      config: v.custom<EncoderConfig>(isStreamConfig),
      /** base64 */
      description: v.optional(v.string()),
    }),
  ),
});

export type OutputSpec = v.InferOutput<typeof outputSpec>;

function isStreamConfig(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "video" || value.kind === "audio")
  );
}
