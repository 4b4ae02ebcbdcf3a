import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AudioMode, VideoMode } from "../../contract/device.ts";
import type { DeviceError } from "../../contract/device-error.ts";
import type { MediaFile } from "../../contract/media-file.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { FileContents } from "../child/file-reader.ts";
import type { Request } from "../wire/command.ts";
import type { CaptureProcess, ProcessEvent } from "./capture-process.ts";
import { LeasedProcess, type ProcessUser } from "./leased-process.ts";

/** Long files that don't tell their length are looked through. */
const ANSWER_TIMEOUT_MS = 60_000;

/** The media files that are open in one capture process. Files that nobody reads keep no program alive. */
export class OpenFiles {
  readonly #leased = new LeasedProcess({ keepsAlive: "answers" });
  readonly #open = new Set<FileProxy>();

  /** @throws DeviceError */
  async open(file: string | Uint8Array): Promise<MediaFile> {
    if (typeof file === "string") return await this.#openPath(file);
    const folder = await mkdtemp(join(tmpdir(), "usermedia-"));
    const remove = () => rm(folder, { recursive: true, force: true });
    try {
      const path = join(folder, "file");
      await writeFile(path, file, { mode: 0o600 });
      const opened = await this.#openPath(path, remove);
      // Open files outlive their names, but not on Windows; there it goes when it is closed.
      await remove().catch(() => undefined);
      return opened;
    } catch (error) {
      await remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#open, (file) => file.close()));
  }

  async #openPath(path: string, onClosed?: () => Promise<void>): Promise<FileProxy> {
    const file = await FileProxy.open(path, this.#leased, async (closed) => {
      this.#open.delete(closed);
      await onClosed?.();
    });
    this.#open.add(file);
    return file;
  }
}

type Frames = (VideoFrame | AudioData)[];

/** A media file that is open in a capture process. */
class FileProxy implements MediaFile {
  readonly #leased: LeasedProcess;
  readonly #onClosed: (file: FileProxy) => Promise<void>;
  readonly #user: ProcessUser = {
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

  private constructor(leased: LeasedProcess, onClosed: (file: FileProxy) => Promise<void>) {
    this.#leased = leased;
    this.#onClosed = onClosed;
  }

  /**
   * @param onClosed also called where it couldn't be opened
   * @throws DeviceError
   */
  static async open(
    path: string,
    leased: LeasedProcess,
    onClosed: (file: FileProxy) => Promise<void>,
  ): Promise<FileProxy> {
    const proxy = new FileProxy(leased, onClosed);
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
    this.#process = await this.#leased.acquire(this.#user);
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
    const process = this.#process;
    const closing = { type: "closeDevice", device: this.#number } as const;
    if (process !== undefined) await this.#leased.release(this.#user, process, closing);
    for (const frame of Object.values(this.#reading).flat()) frame.close();
    await this.#onClosed(this);
  }

  async #ask(request: Request): Promise<unknown> {
    if (this.#process === undefined || this.#reason !== undefined) throw this.#reason;
    return await this.#leased.askLeased(this.#process, request, ANSWER_TIMEOUT_MS);
  }

  #receive(event: ProcessEvent, payload: Uint8Array<ArrayBuffer>): void {
    if (event.type !== "frame" || event.device !== this.#number) return;
    const frame = this.#process?.frameOf(event.frame, payload);
    if (frame === undefined) return;
    if (this.#closed === undefined) this.#reading[event.frame.kind].push(frame);
    else frame.close();
  }
}
