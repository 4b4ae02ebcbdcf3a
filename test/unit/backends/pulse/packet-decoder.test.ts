import * as fc from "fast-check";
import { expect, test } from "vitest";

import { PacketDecoder } from "../../../../src/backends/pulse/packet-decoder.ts";
import {
  CONTROL_CHANNEL,
  encodeCommand,
  MAX_PACKET_SIZE,
} from "../../../../src/backends/pulse/packet.ts";
import { ProtocolError } from "../../../../src/backends/pulse/protocol-error.ts";

test("However the socket cuts them, packets come out whole and in order", () => {
  const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 });
  fc.assert(
    fc.property(payloads, cuts, (sent, sizes) => {
      const bytes = Buffer.concat(sent.map((payload) => encodeCommand(Buffer.from(payload))));
      const decoder = new PacketDecoder();
      const received: Buffer[] = [];
      for (let offset = 0, turn = 0; offset < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        for (const { channel, payload } of decoder.push(bytes.subarray(offset, offset + size))) {
          expect(channel).toBe(CONTROL_CHANNEL);
          received.push(Buffer.from(payload));
        }
        offset += size;
      }
      expect(received).toEqual(sent.map((payload) => Buffer.from(payload)));
    }),
  );
});

test.each([
  ["no bytes", 0, 0],
  ["more than PulseAudio ever sends", MAX_PACKET_SIZE + 1, 0],
  ["shared memory, which was refused", 16, 0x80000000],
])("A packet of %s is a ProtocolError", (_name, length, flags) => {
  const descriptor = Buffer.alloc(20);
  descriptor.writeUInt32BE(length, 0);
  descriptor.writeUInt32BE(flags, 16);
  expect(() => [...new PacketDecoder().push(descriptor)]).toThrow(ProtocolError);
});
