import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import {
  ImageCapture,
  type MediaDevices,
  type MediaRecorder,
  type MediaStream,
  type MediaStreamTrack,
  RecordingFile,
} from "../index.ts";
import { fileName } from "./file-name.ts";
import type { PreviewChoice, PreviewState } from "./preview-state.ts";

/** Sizes that are offered, as far as the camera has them. */
const SIZES = [
  { width: 3840, height: 2160 },
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 640, height: 480 },
  { width: 320, height: 240 },
];

interface Running {
  readonly recorder: MediaRecorder;
  readonly file: RecordingFile;
  readonly name: string;
  readonly startedMs: number;
}

/** What a preview captures, and where it saves. */
export interface PreviewOptions {
  readonly mediaDevices: MediaDevices;
  /** Where snapshots and recordings go. */
  readonly folder: string;
  /** The labels of devices that stand in for real ones. */
  readonly syntheticLabels: ReadonlySet<string>;
}

/** What the page picks in place of a camera to see a screen. */
export const SCREEN = "screen";

/** What a preview shows, and what its buttons do. */
export class PreviewSession {
  readonly #options: PreviewOptions;
  readonly #onChange: () => void;
  readonly #saved = new Set<string>();
  #stream: MediaStream | undefined;
  #isScreen = false;
  /** From the moment that a recording is asked for: a second one must wait for its end. */
  #running: Promise<Running> | undefined;
  #recording: Running | undefined;
  #message = "";
  #lastSaved = "";

  constructor(options: PreviewOptions, onChange: () => void) {
    this.#options = options;
    this.#onChange = onChange;
  }

  /** Whether devices are open. */
  get isOpen(): boolean {
    return this.#stream !== undefined;
  }

  get isRecording(): boolean {
    return this.#running !== undefined;
  }

  /** The path of a file that this preview has saved; `undefined` for any other name. */
  savedFile(name: string): string | undefined {
    return this.#saved.has(name) ? join(this.#options.folder, name) : undefined;
  }

  get camera(): MediaStreamTrack | undefined {
    return this.#stream?.getVideoTracks()[0];
  }

  get microphone(): MediaStreamTrack | undefined {
    return this.#stream?.getAudioTracks()[0];
  }

  /**
   * Opens the chosen devices in place of those that are open. When that fails, those stay.
   * @throws what getUserMedia() rejects with
   */
  async open(choice: PreviewChoice = {}): Promise<void> {
    if (this.#running !== undefined) throw new Error("Stop the recording first");
    const isScreen = choice.camera === SCREEN;
    const stream = isScreen ? await this.#openScreen(choice) : await this.#openCamera(choice);
    this.close();
    this.#stream = stream;
    this.#isScreen = isScreen;
    for (const track of stream.getTracks()) {
      track.addEventListener("ended", () => this.#say(`${track.label} is gone`));
    }
    this.#say("");
  }

  /** What the page shows. */
  async state(): Promise<PreviewState> {
    const devices = await this.#options.mediaDevices.enumerateDevices();
    const named = (wanted: string) =>
      devices
        .filter(({ kind }) => kind === wanted)
        .map(({ deviceId, label }) => ({ deviceId, label: label || "unnamed" }));
    const { deviceId: camera, width, height, frameRate } = this.camera?.getSettings() ?? {};
    const { width: widths, height: heights } = this.camera?.getCapabilities() ?? {};
    const sizes = SIZES.filter(
      (size) => size.width <= (widths?.max ?? 0) && size.height <= (heights?.max ?? 0),
    );
    return {
      cameras: named("videoinput"),
      microphones: named("audioinput"),
      camera: this.#isScreen ? SCREEN : (camera ?? ""),
      synthetic: this.#syntheticLabels(),
      microphone: this.microphone?.getSettings().deviceId ?? "",
      sizes: sizes.map((size) => `${size.width}x${size.height}`),
      size: width === undefined ? "" : `${width}x${height}`,
      frameRate: frameRate ?? 0,
      recording: this.#recording?.name ?? "",
      recordedMs: this.#recording === undefined ? 0 : performance.now() - this.#recording.startedMs,
      saved: this.#lastSaved,
      message: this.#message,
    };
  }

  /** Takes a picture into the folder. */
  async takeSnapshot(): Promise<void> {
    const track = this.camera;
    if (track === undefined) throw new Error("There is no camera");
    const photo = await new ImageCapture(track).takePhoto();
    const name = fileName("snapshot", photo.type === "image/png" ? "png" : "jpg");
    await mkdir(this.#options.folder, { recursive: true });
    const path = join(this.#options.folder, name);
    await writeFile(path, Buffer.from(await photo.arrayBuffer()));
    this.#hasSaved(name);
  }

  /**
   * Records into the folder, until {@link stopRecording}. One recording at a time: where one runs, or
   * begins, nothing happens.
   */
  async startRecording(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined || this.#running !== undefined) return;
    this.#running = this.#record(stream);
    try {
      this.#recording = await this.#running;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
    const { file, name } = this.#recording;
    this.#say("");
    file.finished
      .then(() => (file.bytes === 0 ? `${name}: nothing was recorded` : ""))
      .catch((error: unknown) => `${name} ended early: ${messageOf(error)}`)
      .then((failure) => {
        this.#running = undefined;
        this.#recording = undefined;
        if (file.bytes > 0) this.#hasSaved(name, failure);
        else this.#say(failure);
      })
      .catch(() => undefined);
  }

  async #record(stream: MediaStream): Promise<Running> {
    const name = fileName("recording", this.camera === undefined ? "wav" : "webm");
    await mkdir(this.#options.folder, { recursive: true });
    const file = await RecordingFile.open(join(this.#options.folder, name));
    return { recorder: file.record(stream), file, name, startedMs: performance.now() };
  }

  /** Resolves when the file is complete. */
  async stopRecording(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    if (running === undefined) return;
    if (running.recorder.state !== "inactive") running.recorder.stop();
    // How it ended is said already.
    await running.file.finished.catch(() => undefined);
  }

  /** Releases the devices. */
  close(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
  }

  /**
   * Which kinds of device there are. Opens none.
   * @throws DOMException `NotFoundError` when there is neither
   */
  async kinds(): Promise<{ readonly video: boolean; readonly audio: boolean }> {
    const devices = await this.#options.mediaDevices.enumerateDevices();
    const has = (wanted: string) => devices.some(({ kind }) => kind === wanted);
    const kinds = { video: has("videoinput"), audio: has("audioinput") };
    if (kinds.video || kinds.audio) return kinds;
    throw new DOMException(
      "There is no camera and no microphone; `usermedia preview --fallback` shows synthetic ones",
      "NotFoundError",
    );
  }

  async #openCamera(choice: PreviewChoice): Promise<MediaStream> {
    const kinds = await this.kinds();
    const [width, height] = (choice.size ?? "").split("x").map(Number);
    const size = width && height ? { width, height } : {};
    return await this.#options.mediaDevices.getUserMedia({
      video: kinds.video && { ...exactly(choice.camera), ...size },
      audio: kinds.audio && exactly(choice.microphone),
    });
  }

  /** A screen, which the person picks when asked for permission, and the microphone. */
  async #openScreen(choice: PreviewChoice): Promise<MediaStream> {
    const { mediaDevices } = this.#options;
    const screen = await mediaDevices.getDisplayMedia({ video: true });
    const devices = await mediaDevices.enumerateDevices();
    if (!devices.some(({ kind }) => kind === "audioinput")) return screen;
    try {
      const sound = await mediaDevices.getUserMedia({ audio: exactly(choice.microphone) });
      for (const track of sound.getTracks()) screen.addTrack(track);
      return screen;
    } catch (error) {
      for (const track of screen.getTracks()) track.stop();
      throw error;
    }
  }

  #syntheticLabels(): readonly string[] {
    const labels = (this.#stream?.getTracks() ?? []).map(({ label }) => label);
    return labels.filter((label) => this.#options.syntheticLabels.has(label));
  }

  #hasSaved(name: string, failure = ""): void {
    this.#saved.add(name);
    this.#lastSaved = name;
    this.#say(failure === "" ? `Saved ${name}` : failure);
  }

  #say(message: string): void {
    this.#message = message;
    this.#onChange();
  }
}

function exactly(deviceId: string | undefined) {
  return deviceId ? { deviceId: { exact: deviceId } } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
