/** Bytes of a frame in one packet: with every header, it passes any usual network whole. */
const largestPart = 1180;

/**
 * A VP8 frame as the payloads of RTP packets: each with the shortest descriptor, whose S bit marks
 * the first one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7741#section-4.2
 */
export function vp8Payloads(frame: Uint8Array): Buffer[] {
  const payloads: Buffer[] = [];
  for (let start = 0; start < frame.length; start += largestPart) {
    const descriptor = Buffer.from([start === 0 ? 0x10 : 0x00]);
    payloads.push(Buffer.concat([descriptor, frame.subarray(start, start + largestPart)]));
  }
  return payloads;
}
