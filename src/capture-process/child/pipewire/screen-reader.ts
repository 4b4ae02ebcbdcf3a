import type { Frame } from "node-av/lib";
import type { DeviceConfiguration } from "../../../contract/device.ts";
import { DeviceError } from "../../../contract/device-error.ts";
import type { ChosenSurface } from "../../wire/chosen-surface.ts";
import type { ScreenCastInput } from "../../wire/command.ts";
import { FrameRateLimit } from "../frame-rate-limit.ts";
import type { MediaConsumer } from "../media-consumer.ts";
import type { MediaReader } from "../media-reader.ts";
import type { Native } from "../native.ts";
import { newPicture } from "../new-frame.ts";
import { nowUs } from "../real-clock.ts";
import type { LibPipeWire } from "./libpipewire.ts";
import { loadLibPipeWire } from "./libpipewire.ts";
import { PipeWireConnection } from "./pipewire-connection.ts";
import type { ChosenScreen } from "./screen-cast-portal.ts";
import { ScreenCastPortal } from "./screen-cast-portal.ts";
import type { MappedPicture } from "./video-stream.ts";
import { VideoStream } from "./video-stream.ts";

/** Until the compositor gives a picture, or says how large it will be. */
const SIZE_TIMEOUT_MS = 3_000;
/**
 * A screen that stands still is given again this often: a compositor gives pictures of changes only,
 * and whoever takes frames would take its silence for a failure, and record black.
 */
const REPEAT_MS = 100;
const PIXEL_BYTES = 4;
/** What is asked of the compositor at first: the usual rate of a screen that is recorded. */
const FIRST_FRAME_RATE = 30;

export interface ScreenReaderOptions {
  readonly native: Native;
  readonly input: ScreenCastInput;
  readonly asked: DeviceConfiguration;
  readonly consumer: MediaConsumer;
  /** Closes the desktop's dialog. */
  readonly signal: AbortSignal;
}

/** A screen or window of a Wayland session, which its user chose in the desktop's own dialog. */
export class ScreenReader implements MediaReader {
  readonly #native: Native;
  readonly #consumer: MediaConsumer;
  readonly #portal: ScreenCastPortal;
  readonly #chosen: ChosenScreen;
  readonly #connection: PipeWireConnection;
  #stream: VideoStream | undefined;
  #maxFrameRate = FIRST_FRAME_RATE;
  #frameRate: number;
  #limit: FrameRateLimit;
  /** The picture that the screen shows; its memory is overwritten by the next. */
  #picture: Frame | undefined;
  #whenSized: () => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastUs = 0;
  #isStarted = false;
  #isOver = false;

  private constructor(
    { asked, consumer, native }: ScreenReaderOptions,
    library: LibPipeWire,
    { chosen, portal }: { readonly chosen: ChosenScreen; readonly portal: ScreenCastPortal },
  ) {
    this.#native = native;
    this.#consumer = consumer;
    this.#portal = portal;
    this.#chosen = chosen;
    this.#frameRate = asked.kind === "video" ? asked.mode.frameRate : FIRST_FRAME_RATE;
    this.#limit = new FrameRateLimit(this.#frameRate);
    this.#connection = new PipeWireConnection(library, () => this.#stream?.drain());
  }

  /** @throws DeviceError `not-allowed` where the desktop's dialog was closed without a choice */
  static async open(options: ScreenReaderOptions): Promise<ScreenReader> {
    const { input, signal } = options;
    // Before the person is asked for what can't be shown to the program then.
    const library = await loadLibPipeWire();
    const portal = await ScreenCastPortal.connect();
    let reader: ScreenReader | undefined;
    let isClosed = false;
    try {
      const chosen = await portal.choose({ ...input, signal }, () => {
        isClosed = true;
        if (reader !== undefined) reader.#end(sharingStopped());
      });
      reader = new ScreenReader(options, library, { chosen, portal });
      await reader.#connect();
      if (isClosed) throw sharingStopped();
      return reader;
    } catch (error) {
      await (reader ?? portal).close();
      throw error;
    }
  }

  get configuration(): DeviceConfiguration {
    const { height, width } = this.#picture ?? this.#chosen.size ?? { width: 0, height: 0 };
    const frameRate = this.#frameRate;
    return { kind: "video", mode: { width, height, frameRate, pixelFormat: "BGRX" } };
  }

  get surface(): ChosenSurface {
    const { restoreToken, showsCursor, surface } = this.#chosen;
    return { surface, showsCursor, ...(restoreToken !== undefined && { restoreToken }) };
  }

  start(): void {
    this.#isStarted = true;
    this.#repeat();
  }

  /** The rate is all that can be changed of a screen: its size is its own. */
  async reconfigure({ kind, mode }: DeviceConfiguration): Promise<void> {
    if (kind !== "video") return;
    this.#frameRate = mode.frameRate;
    this.#limit = new FrameRateLimit(this.#frameRate);
    if (this.#frameRate <= this.#maxFrameRate) return;
    this.#maxFrameRate = this.#frameRate;
    this.#stream?.close();
    await this.#connect();
  }

  async close(): Promise<void> {
    this.#over();
    this.#stream?.close();
    await this.#connection.close();
    await this.#portal.close();
    this.#picture?.free();
    this.#picture = undefined;
  }

  /** Resolves with the first picture, or without one where the portal said how large they will be. */
  async #connect(): Promise<void> {
    const sized = new Promise<void>((resolve) => (this.#whenSized = resolve));
    this.#stream = new VideoStream(
      this.#connection,
      {
        node: this.#chosen.node,
        size: this.#chosen.size ?? { width: 1920, height: 1080 },
        maxFrameRate: this.#maxFrameRate,
      },
      {
        picture: (picture) => this.#take(picture),
        skipped: (count) => this.#consumer.lost(count),
        ended: (reason) => this.#end(reason),
      },
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, SIZE_TIMEOUT_MS)));
    await Promise.race([sized, late]);
    clearTimeout(timer);
    if (this.#picture === undefined && this.#chosen.size === undefined) {
      throw new DeviceError("failed", "The desktop gave no picture of what was chosen.");
    }
  }

  #take(picture: MappedPicture): void {
    if (this.#isOver) return;
    this.#copy(picture);
    this.#whenSized();
    if (!this.#isStarted) return;
    const arrivalUs = nowUs();
    const { timestampNs } = picture;
    const stampUs = timestampNs === undefined ? arrivalUs : Number(timestampNs / 1000n);
    const timestampUs = Math.min(stampUs, arrivalUs);
    // A picture too many is shown by the next repetition, unless another one comes before.
    if (this.#limit.takes(timestampUs)) this.#give(timestampUs);
  }

  #give(timestampUs: number): void {
    if (this.#picture === undefined) return;
    this.#lastUs = Math.max(this.#lastUs + 1, timestampUs);
    this.#consumer.frame(this.#picture, this.#lastUs);
  }

  /** Gives the picture again when none has come for a while. */
  #repeat(): void {
    if (this.#isOver) return;
    const intervalMs = Math.max(REPEAT_MS, 1000 / this.#frameRate);
    const now = nowUs();
    if (now - this.#lastUs >= intervalMs * 1000) this.#give(now);
    const dueMs = Math.max(1, intervalMs - (nowUs() - this.#lastUs) / 1000);
    // Without a picture there is nothing that the wait is counted from.
    this.#timer = setTimeout(() => this.#repeat(), Math.min(dueMs, intervalMs));
  }

  /** The compositor's memory is its own again after the call. */
  #copy({ address, height, pixels, stride, width }: MappedPicture): void {
    const { AV_PIX_FMT_BGR0, AV_PIX_FMT_RGB0 } = this.#native.constants;
    const format = pixels === "BGRX" ? AV_PIX_FMT_BGR0 : AV_PIX_FMT_RGB0;
    const known = this.#picture;
    if (known?.width !== width || known.height !== height || known.format !== format) {
      known?.free();
      this.#picture = newPicture(this.#native, width, height, format);
    }
    const [plane] = this.#picture?.data ?? [];
    const [rowBytes = 0] = this.#picture?.linesize ?? [];
    if (plane === undefined) return;
    const { memory } = this.#connection.library;
    const usedBytes = width * PIXEL_BYTES;
    if (rowBytes === stride) {
      memory.copyTo(plane, address, (height - 1) * stride + usedBytes);
      return;
    }
    for (let row = 0; row < height; row += 1) {
      const from = address + BigInt(row * stride);
      memory.copyTo(plane.subarray(row * rowBytes), from, usedBytes);
    }
  }

  #end(reason: DeviceError): void {
    if (this.#isOver) return;
    this.#over();
    this.#consumer.ended(reason);
  }

  #over(): void {
    this.#isOver = true;
    this.#whenSized();
    clearTimeout(this.#timer);
  }
}

function sharingStopped(): DeviceError {
  return new DeviceError(
    "not-found",
    "The desktop stopped sharing: its user ended it, or it closed.",
  );
}
