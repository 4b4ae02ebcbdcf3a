import { DeviceError } from "../../../contract/device-error.ts";
import type { Address } from "./native-memory.ts";
import type { Listener } from "./libpipewire.ts";
import type { PipeWireConnection } from "./pipewire-connection.ts";
import { decodePod, encodePod, type Pod } from "./spa-pod.ts";
import {
  bufferParameters,
  META,
  offeredFormat,
  PARAMETER,
  parseFormat,
  type ScreenPixels,
  type StreamFormat,
} from "./video-format.ts";

/** A picture in memory that is the compositor's again after the call that it is given in. */
export interface MappedPicture {
  readonly pixels: ScreenPixels;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** Of the first row. */
  readonly address: Address;
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** ns on the monotonic clock; undefined where the compositor doesn't say. */
  readonly timestampNs: bigint | undefined;
}

export interface VideoStreamEvents {
  picture(picture: MappedPicture): void;
  /** Pictures that came faster than they were taken: only the newest of them was. */
  skipped(count: number): void;
  /** It ends by itself: the node is gone, or an error. */
  ended(reason: DeviceError): void;
}

export interface VideoStreamOptions {
  /** The node that the portal named. */
  readonly node: number;
  /** px, as far as it is known. */
  readonly size: { readonly width: number; readonly height: number };
  readonly maxFrameRate: number;
}

/** Slots of `struct pw_stream_events`. */
const STATE_CHANGED = 2;
const PARAM_CHANGED = 5;
const PROCESS = 8;
const EVENTS_VERSION = 2;
/** `enum pw_stream_state` */
const STATE = { error: -1, unconnected: 0, connecting: 1 } as const;
const DIRECTION_INPUT = 0;
/** Connects by itself, maps the buffers, and ends with its node: `enum pw_stream_flags`. */
const FLAGS = 1 | 4 | 128;
const HEADER_CORRUPTED = 1 << 1;
const CHUNK_CORRUPTED = 1;
const PIXEL_BYTES = 4;

/** Reads one video node of PipeWire's. */
export class VideoStream {
  readonly #connection: PipeWireConnection;
  readonly #events: VideoStreamEvents;
  readonly #stream: Address;
  readonly #listener: Listener;
  #format: StreamFormat | undefined;
  #isDue = false;
  #wasConnected = false;
  #isClosed = false;

  /** @throws DeviceError where the node can't be connected to */
  constructor(
    connection: PipeWireConnection,
    { maxFrameRate, node, size }: VideoStreamOptions,
    events: VideoStreamEvents,
  ) {
    const { library } = connection;
    this.#connection = connection;
    this.#events = events;
    const properties = library.pointer(
      "pw_properties_new_string",
      "{ media.type = Video media.category = Capture media.role = Screen node.dont-reconnect = true }",
    );
    this.#stream = library.pointer("pw_stream_new", connection.core, "usermedia", properties);
    this.#listener = this.#listen();
    library.call(
      "pw_stream_add_listener",
      this.#stream,
      this.#listener.hook,
      this.#listener.events,
      null,
    );
    const result = this.#withPods([offeredFormat(size, maxFrameRate)], (pods, count) =>
      library.call("pw_stream_connect", this.#stream, DIRECTION_INPUT, node, FLAGS, pods, count),
    );
    if (result < 0) {
      this.close();
      throw new DeviceError("failed", `PipeWire doesn't connect to the screen: error ${result}.`);
    }
  }

  /** Takes the newest picture that is there; the others are given back unread. */
  drain(): void {
    if (!this.#isDue || this.#isClosed) return;
    this.#isDue = false;
    const { library } = this.#connection;
    const next = (): Address => library.pointer("pw_stream_dequeue_buffer", this.#stream);
    const giveBack = (buffer: Address): number =>
      library.call("pw_stream_queue_buffer", this.#stream, buffer);
    let skipped = 0;
    let newest = next();
    if (newest === 0n) return;
    for (let buffer = next(); buffer !== 0n; buffer = next()) {
      giveBack(newest);
      skipped += 1;
      newest = buffer;
    }
    if (skipped > 0) this.#events.skipped(skipped);
    try {
      const picture = this.#pictureOf(newest);
      if (picture !== undefined) this.#events.picture(picture);
    } finally {
      giveBack(newest);
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.library.call("pw_stream_destroy", this.#stream);
    this.#listener.free();
  }

  #listen(): Listener {
    return this.#connection.library.listen(EVENTS_VERSION, [
      {
        slot: STATE_CHANGED,
        parameters: ["int", "int", "str"],
        call: (_before, state, message) => this.#stateChanged(Number(state), message),
      },
      {
        slot: PARAM_CHANGED,
        parameters: ["uint32", "void *"],
        call: (parameter, pod) => this.#parameterChanged(Number(parameter), pod),
      },
      { slot: PROCESS, parameters: [], call: () => (this.#isDue = true) },
    ]);
  }

  #stateChanged(state: number, message: unknown): void {
    if (this.#isClosed) return;
    if (state > STATE.connecting) this.#wasConnected = true;
    const isOver = state === STATE.error || (state === STATE.unconnected && this.#wasConnected);
    if (!isOver) return;
    const why = typeof message === "string" && message !== "" ? ` (${message})` : "";
    this.#events.ended(new DeviceError("not-found", `The desktop ended the capture${why}.`));
  }

  #parameterChanged(parameter: number, pod: unknown): void {
    if (this.#isClosed || parameter !== PARAMETER.format || typeof pod !== "bigint") return;
    const { memory } = this.#connection.library;
    const size = memory.read(pod, 4).readUInt32LE(0);
    this.#format = parseFormat(decodePod(memory.read(pod, size + 8)));
    if (this.#format === undefined) {
      const message = "The compositor gives pictures in a format that wasn't asked for.";
      this.#events.ended(new DeviceError("failed", message));
      return;
    }
    this.#withPods(bufferParameters(), (pods, count) =>
      this.#connection.library.call("pw_stream_update_params", this.#stream, pods, count),
    );
  }

  /** What is called copies them. */
  #withPods<Result>(pods: readonly Pod[], call: (array: Address, count: number) => Result): Result {
    const { memory } = this.#connection.library;
    const addresses = pods.map((pod) => memory.allocate(encodePod(pod)));
    const array = Buffer.alloc(8 * pods.length);
    for (const [index, address] of addresses.entries()) array.writeBigUInt64LE(address, 8 * index);
    const arrayAddress = memory.allocate(array);
    try {
      return call(arrayAddress, pods.length);
    } finally {
      for (const address of [...addresses, arrayAddress]) memory.free(address);
    }
  }

  /** Nothing for a buffer without a picture: what only moved the pointer, or what is damaged. */
  #pictureOf(pwBuffer: Address): MappedPicture | undefined {
    const { memory } = this.#connection.library;
    const format = this.#format;
    // struct spa_buffer { uint32_t n_metas, n_datas; struct spa_meta *metas; struct spa_data *datas; }
    const buffer = memory.read(memory.addressAt(pwBuffer), 24);
    if (format === undefined || buffer.readUInt32LE(4) === 0) return undefined;
    const metas = this.#metasAt(buffer.readBigUInt64LE(8), buffer.readUInt32LE(0));
    // struct spa_data { uint32_t type, flags; int64_t fd; uint32_t mapoffset, maxsize; void *data; struct spa_chunk *chunk; }
    const data = memory.read(buffer.readBigUInt64LE(16), 40);
    const mapped = data.readBigUInt64LE(24);
    // struct spa_chunk { uint32_t offset, size; int32_t stride, flags; }
    const chunk = memory.read(data.readBigUInt64LE(32), 16);
    const isCorrupted = metas.isCorrupted || (chunk.readInt32LE(12) & CHUNK_CORRUPTED) !== 0;
    if (mapped === 0n || isCorrupted || chunk.readUInt32LE(4) === 0) return undefined;
    const stride = chunk.readInt32LE(8) || format.width * PIXEL_BYTES;
    const { x, y, width, height } = croppedTo(metas.crop, format);
    const offset = chunk.readUInt32LE(0) + y * stride + x * PIXEL_BYTES;
    const end = offset + (height - 1) * stride + width * PIXEL_BYTES;
    if (stride < format.width * PIXEL_BYTES || end > data.readUInt32LE(20)) return undefined;
    const { pixels } = format;
    const address = mapped + BigInt(offset);
    return { pixels, width, height, address, stride, timestampNs: metas.timestampNs };
  }

  #metasAt(address: Address, count: number): Metas {
    const { memory } = this.#connection.library;
    const found: { -readonly [Name in keyof Metas]: Metas[Name] } = {
      isCorrupted: false,
      timestampNs: undefined,
      crop: undefined,
    };
    for (let index = 0; index < count; index += 1) {
      // struct spa_meta { uint32_t type, size; void *data; }
      const meta = memory.read(address + 16n * BigInt(index), 16);
      const type = meta.readUInt32LE(0);
      const size = meta.readUInt32LE(4);
      const data = meta.readBigUInt64LE(8);
      if (data === 0n) continue;
      if (type === META.header && size >= 32) {
        // struct spa_meta_header { uint32_t flags, offset; int64_t pts, dts_offset; uint64_t seq; }
        const header = memory.read(data, 32);
        found.isCorrupted = (header.readUInt32LE(0) & HEADER_CORRUPTED) !== 0;
        const stamp = header.readBigInt64LE(8);
        if (stamp > 0n) found.timestampNs = stamp;
      } else if (type === META.crop && size >= 16) {
        // struct spa_region { int32_t x, y; uint32_t width, height; }
        const region = memory.read(data, 16);
        const [x, y] = [region.readInt32LE(0), region.readInt32LE(4)];
        found.crop = { x, y, width: region.readUInt32LE(8), height: region.readUInt32LE(12) };
      }
    }
    return found;
  }
}

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the compositor says of a picture. */
interface Metas {
  readonly isCorrupted: boolean;
  readonly timestampNs: bigint | undefined;
  readonly crop: Region | undefined;
}

/** The part of a picture that is the window; all of it where it isn't said, or can't be. */
function croppedTo(crop: Region | undefined, { width, height }: StreamFormat): Region {
  const whole = { x: 0, y: 0, width, height };
  if (crop === undefined || crop.width === 0 || crop.height === 0) return whole;
  const isInside =
    crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= width && crop.y + crop.height <= height;
  return isInside ? crop : whole;
}
