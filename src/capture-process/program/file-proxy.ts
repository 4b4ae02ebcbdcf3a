import type { AudioMode, VideoMode } from "../../contract/device.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { MediaFile } from "../../contract/media-file.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { CaptureProcess, ProcessEvent } from "./capture-process.ts";
import type { FileContents } from "../child/file-reader.ts";
import { frameFromWire } from "./frame-from-wire.ts";
import type { DeviceListener, SharedProcess } from "./shared-process.ts";
import type { Request } from "../wire/command.ts";

/** Has a process answer. */
export type Ask = (process: CaptureProcess, request: Request) => Promise<unknown>;

export interface FileProxyParts {
  /** Where the file is opened. */
  readonly process: SharedProcess;
  readonly ask: Ask;
  /** Also where it couldn't be opened. */
  readonly onClosed: (file: FileProxy) => Promise<void>;
}

type Frames = (VideoFrame | AudioData)[];

/** A media file that is open in a capture process. */
export class FileProxy implements MediaFile {
  readonly #parts: FileProxyParts;
  readonly #listener: DeviceListener = {
    event: (event, payload) => this.#receive(event, payload),
    gone: (reason) => (this.#reason = reason),
  };
  /** What has come of the calls of `read()` that are under way. */
  readonly #reading: Record<"video" | "audio", Frames> = { video: [], audio: [] };
  #contents: FileContents = { durationUs: 0 };
  #process: CaptureProcess | undefined;
  #number = 0;
  #reason: DeviceError | undefined;
  #closed: Promise<void> | undefined;

  private constructor(parts: FileProxyParts) {
    this.#parts = parts;
  }

  /** @throws DeviceError */
  static async open(path: string, parts: FileProxyParts): Promise<FileProxy> {
    const proxy = new FileProxy(parts);
    await proxy.#open(path);
    return proxy;
  }

  get durationUs(): number {
    return this.#contents.durationUs;
  }

  get video(): VideoMode | undefined {
    return this.#contents.video;
  }

  get audio(): AudioMode | undefined {
    return this.#contents.audio;
  }

  async read(media: "video" | "audio", count: number): Promise<Frames> {
    await this.#ask({ type: "readFile", device: this.#number, media, count });
    return this.#reading[media].splice(0);
  }

  async seek(positionUs: number): Promise<void> {
    await this.#ask({ type: "seekFile", device: this.#number, positionUs });
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #open(path: string): Promise<void> {
    this.#process = await this.#parts.process.acquire(this.#listener);
    this.#number = this.#process.nextNumber();
    try {
      const request = { type: "openFile", device: this.#number, path } as const;
      this.#contents = (await this.#ask(request)) as FileContents;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #close(): Promise<void> {
    const { onClosed, process: shared } = this.#parts;
    const process = this.#process;
    if (process !== undefined) await shared.release(this.#listener, process, this.#number);
    for (const frame of Object.values(this.#reading).flat()) frame.close();
    await onClosed(this);
  }

  async #ask(request: Request): Promise<unknown> {
    if (this.#process === undefined || this.#reason !== undefined) throw this.#reason;
    return await this.#parts.ask(this.#process, request);
  }

  #receive(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void {
    if (event.type !== "frame" || event.device !== this.#number) return;
    const frame = frameFromWire(event.frame, payload, () => this.#process?.recycle(payload));
    if (this.#closed === undefined) this.#reading[event.frame.kind].push(frame);
    else frame.close();
  }
}
