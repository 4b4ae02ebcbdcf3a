import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeMessage,
  encodeSlotRead,
} from "../../../../src/capture-process/wire/encode-message.ts";
import {
  MAX_HEADER_BYTES,
  MAX_PAYLOAD_BYTES,
} from "../../../../src/capture-process/wire/limits.ts";
import { MessageParser } from "../../../../src/capture-process/wire/message-parser.ts";
import { PayloadMemory } from "../../../../src/capture-process/wire/payload-memory.ts";
import { ProtocolError } from "../../../../src/capture-process/wire/protocol-error.ts";

const message = fc.record({
  header: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
  payload: fc.uint8Array({ maxLength: 300 }),
});

function wireOf(messages: readonly { header: object; payload: Uint8Array }[]): Buffer {
  return Buffer.concat(
    messages.flatMap(({ header, payload }) => [encodeMessage(header, payload.length), payload]),
  );
}

/** Pushes the bytes in pieces of the given lengths, over and over. */
function pushInPieces(parser: MessageParser, bytes: Buffer, lengths: readonly number[]) {
  const messages = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    messages.push(...parser.push(bytes.subarray(at, at + length)));
    at += length;
  }
  return messages;
}

describe("MessageParser", () => {
  it("gives what was sent, however the bytes are cut", () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }),
        (messages, lengths) => {
          const parsed = pushInPieces(
            new MessageParser(new PayloadMemory()),
            wireOf(messages),
            lengths,
          );
          expect(parsed.map(({ header }) => header)).toEqual(
            messages.map(({ header }) => JSON.parse(JSON.stringify(header))),
          );
          expect(parsed.map(({ payload }) => [...payload])).toEqual(
            messages.map(({ payload }) => [...payload]),
          );
        },
      ),
    );
  });

  it("throws nothing but ProtocolError on any bytes, and goes on throwing", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1 }), { minLength: 1 }), (chunks) => {
        const parser = new MessageParser(new PayloadMemory());
        let broken: unknown;
        for (const chunk of chunks) {
          try {
            parser.push(chunk);
            expect(broken).toBeUndefined();
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
            broken ??= error;
            expect(error).toBe(broken);
          }
        }
      }),
    );
  });

  it("survives any change of one byte of a stream of messages", () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (messages, place, change) => {
          const bytes = wireOf(messages);
          const at = place % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const parser = new MessageParser(new PayloadMemory());
          try {
            expect(parser.push(bytes).length).toBeLessThanOrEqual(messages.length * 20);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError);
          }
        },
      ),
    );
  });

  it.each([
    ["header", 4, MAX_HEADER_BYTES + 1],
    ["payload", 8, MAX_PAYLOAD_BYTES + 1],
  ])("refuses a %s that is too long before it takes memory for it", (_part, offset, length) => {
    const head = encodeMessage({});
    head.writeUInt32LE(length, offset);
    expect(() => new MessageParser(new PayloadMemory()).push(head)).toThrow(/too long/);
  });

  it("refuses another version by its number", () => {
    const head = encodeMessage({});
    head.writeUInt16LE(99, 2);
    expect(() => new MessageParser(new PayloadMemory()).push(head)).toThrow(/version 99/);
  });

  it("refuses a payload in a slot that it can't read, and the release of one that isn't in use", () => {
    const slots = { read: () => false, free: () => false };
    for (const parser of [
      new MessageParser(new PayloadMemory()),
      new MessageParser(new PayloadMemory(), slots),
    ]) {
      expect(() => parser.push(encodeMessage({}, 10, 0))).toThrow(
        /no payload of 10 bytes in slot 0/,
      );
    }
    for (const parser of [
      new MessageParser(new PayloadMemory()),
      new MessageParser(new PayloadMemory(), slots),
    ]) {
      expect(() => parser.push(encodeSlotRead(2))).toThrow(/Slot 2 isn't in use/);
    }
  });

  it("leaves room behind a payload for FFmpeg's loops to read past its end", () => {
    const bytes = wireOf([{ header: {}, payload: new Uint8Array(100) }]);
    const [parsed] = new MessageParser(new PayloadMemory()).push(bytes);
    expect(parsed?.payload.length).toBe(100);
    expect(parsed?.payload.buffer.byteLength).toBeGreaterThanOrEqual(132);
  });
});

describe("encodeMessage", () => {
  it("refuses what the other end wouldn't take", () => {
    expect(() => encodeMessage({ text: "x".repeat(MAX_HEADER_BYTES) })).toThrow(ProtocolError);
    expect(() => encodeMessage({}, MAX_PAYLOAD_BYTES + 1)).toThrow(ProtocolError);
  });
});
