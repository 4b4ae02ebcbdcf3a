import { DESCRIPTOR_SIZE, MAX_PACKET_SIZE, type Packet } from "./packet.ts";
import { ProtocolError } from "./protocol-error.ts";

/** Cuts what a socket gives into packets. */
export class PacketDecoder {
  readonly #chunks: Buffer[] = [];
  #buffered = 0;

  /**
   * The packets that `chunk` completes. A payload is a copy or a view of `chunk`.
   * @throws ProtocolError
   */
  *push(chunk: Buffer): Generator<Packet, void> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    for (let size = this.#nextSize(); size <= this.#buffered; size = this.#nextSize()) {
      const packet = this.#take(size);
      yield { channel: packet.readUInt32BE(4), payload: packet.subarray(DESCRIPTOR_SIZE) };
    }
  }

  /** Bytes of the next packet with its descriptor; the least it can be while that isn't known. */
  #nextSize(): number {
    if (this.#buffered < DESCRIPTOR_SIZE) return DESCRIPTOR_SIZE;
    const descriptor = this.#peek(DESCRIPTOR_SIZE);
    const length = descriptor.readUInt32BE(0);
    if (length === 0 || length > MAX_PACKET_SIZE) {
      throw new ProtocolError(`A packet claims ${length} bytes.`);
    }
    // Shared memory was refused at the start: only the seek mode's byte may be set.
    if ((descriptor.readUInt32BE(16) & ~0xff) !== 0)
      throw new ProtocolError("A packet has unknown flags.");
    return DESCRIPTOR_SIZE + length;
  }

  /** The next `size` bytes, in one piece, left in place. */
  #peek(size: number): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= size) return first;
    const whole = Buffer.concat(this.#chunks);
    this.#chunks.splice(0, this.#chunks.length, whole);
    return whole;
  }

  #take(size: number): Buffer {
    const first = this.#peek(size);
    if (first.length === size) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(size);
    this.#buffered -= size;
    return first.subarray(0, size);
  }
}
