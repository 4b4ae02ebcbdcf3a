import { dePacketizeRtpPackets, RtpHeader, RtpPacket } from "werift";
import fc from "fast-check";
import { expect, test } from "vitest";

import { VideoFrame } from "../../../src/media/video-frame.ts";
import { i420Of } from "../../../src/webrtc/i420-of.ts";
import { vp8Payloads } from "../../../src/webrtc/vp8-payloads.ts";

test("A frame of any size is the same after its packets are put together", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 6000 }), (frame) => {
      const packets = vp8Payloads(frame).map(
        (payload, sequenceNumber, all) =>
          new RtpPacket(
            new RtpHeader({ sequenceNumber, marker: sequenceNumber === all.length - 1 }),
            payload,
          ),
      );
      expect(packets.every(({ payload }) => payload.length <= 1200)).toBe(true);
      const { data } = dePacketizeRtpPackets("VP8", packets);
      expect(Buffer.compare(data, Buffer.from(frame))).toBe(0);
    }),
  );
});

test.each(["I420", "NV12", "RGBA"] as const)(
  "A frame of %s and odd size becomes I420",
  async (format) => {
    const size = { I420: 5 * 3 + 2 * 3 * 2, NV12: 5 * 3 + 6 * 2, RGBA: 5 * 3 * 4 }[format];
    const data = new Uint8Array(size).fill(100);
    if (format !== "RGBA") data.fill(7, 15);
    const frame = new VideoFrame(data, { format, codedWidth: 5, codedHeight: 3, timestamp: 0 });
    const converted: string[] = [];
    const picture = await i420Of(frame, (from, to) => {
      converted.push(`${from.data.length} bytes`);
      to.data.set([...Array.from({ length: 8 }, () => 100), 7, 7, 7, 7]);
    });
    frame.close();
    expect([picture.width, picture.height]).toEqual([4, 2]);
    expect([...picture.data]).toEqual([...Array.from({ length: 8 }, () => 100), 7, 7, 7, 7]);
    expect(converted).toEqual(format === "RGBA" ? ["32 bytes"] : []);
  },
);
