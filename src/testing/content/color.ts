import { adoptVideoFrame } from "../../media/adopt-frame.ts";
import type { VideoContent } from "./content.ts";

/**
 * A camera that sees one colour.
 * @param rgb `"#rrggbb"`
 * @throws TypeError when `rgb` is anything else
 */
export function color(rgb: string): VideoContent {
  const digits = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(rgb);
  if (digits === null) throw new TypeError(`"${rgb}" is no colour; write it as "#rrggbb".`);
  const pixel = Uint8Array.of(...digits.slice(1).map((hex) => Number.parseInt(hex, 16)), 255);
  return ({ width, height, timestamp, duration }) => {
    const bytes = new Uint8Array(width * height * 4);
    new Uint32Array(bytes.buffer).fill(new Uint32Array(pixel.buffer)[0] ?? 0);
    const size = { codedWidth: width, codedHeight: height };
    return adoptVideoFrame(bytes, { format: "RGBA", ...size, timestamp, duration });
  };
}
