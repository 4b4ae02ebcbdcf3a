import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { beginStream, record } from "../../../loopback/stream-response.ts";
import type { PreviewPicture, PreviewProvider } from "./preview-provider.ts";

/**
 * Streams a preview to the page until it goes away. Pictures are sent as records of width and height
 * (32 bits each, big endian) and RGBA; loudness as a number on each line. A slow page gets fewer.
 */
export async function sendPreview(
  response: ServerResponse,
  provider: PreviewProvider,
  kind: "pictures" | "levels",
  deviceKey: string,
): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  response.once("close", stop);
  beginStream(response);
  try {
    const parts =
      kind === "pictures"
        ? provider.pictures(deviceKey, controller.signal)
        : provider.levels(deviceKey, controller.signal);
    for await (const part of parts) {
      if (controller.signal.aborted) break;
      const isTaken = response.write(typeof part === "number" ? `${part}\n` : framed(part));
      if (!isTaken) await once(response, "drain", { signal: controller.signal });
    }
    response.end();
  } catch {
    // The page says that there is no preview; the question can be answered without one.
    response.destroy();
  } finally {
    response.off("close", stop);
    stop();
  }
}

function framed({ width, height, data }: PreviewPicture): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return record(head, data);
}
