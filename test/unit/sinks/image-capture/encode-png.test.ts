import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { encodePng } from "../../../../src/sinks/image-capture/encode-png.ts";
import { missingCommands } from "../../../support/sound-server.ts";

test("Another decoder gives every pixel back", (context) => {
  const reason = missingCommands("ffmpeg");
  if (reason !== undefined) context.skip(reason);
  const picture = fc
    .record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
    .chain(({ width, height }) =>
      fc
        .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
        .map((data) => ({ width, height, data })),
    );
  fc.assert(
    fc.property(picture, ({ width, height, data }) => {
      const args = ["-v", "error", "-f", "png_pipe", "-i", "-", "-f", "rawvideo"];
      const input = encodePng({ width, height, data });
      const rgb = execFileSync("ffmpeg", [...args, "-pix_fmt", "rgb24", "-"], { input });
      const expected = data.filter((_, index) => index % 4 !== 3);
      expect(rgb.equals(expected)).toBe(true);
    }),
    { numRuns: 20 },
  );
});
