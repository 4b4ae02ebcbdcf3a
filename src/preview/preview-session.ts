import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import {
  ImageCapture,
  type MediaDevices,
  type MediaRecorder,
  type MediaStream,
  type MediaStreamConstraints,
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
}

/** What a preview shows, and what its buttons do. */
export class PreviewSession {
  readonly #mediaDevices: MediaDevices;
  readonly #folder: string;
  readonly #onChange: () => void;
  #stream: MediaStream | undefined;
  #running: Running | undefined;
  #message = "";

  constructor(mediaDevices: MediaDevices, folder: string, onChange: () => void) {
    this.#mediaDevices = mediaDevices;
    this.#folder = folder;
    this.#onChange = onChange;
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
    const stream = await this.#mediaDevices.getUserMedia(await this.#constraints(choice));
    this.close();
    this.#stream = stream;
    for (const track of stream.getTracks()) {
      track.addEventListener("ended", () => this.#say(`${track.label} is gone`));
    }
    this.#say("");
  }

  /** What the page shows. */
  async state(): Promise<PreviewState> {
    const devices = await this.#mediaDevices.enumerateDevices();
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
      camera: camera ?? "",
      microphone: this.microphone?.getSettings().deviceId ?? "",
      sizes: sizes.map((size) => `${size.width}x${size.height}`),
      size: width === undefined ? "" : `${width}x${height}`,
      frameRate: frameRate ?? 0,
      recording: this.#running?.name ?? "",
      message: this.#message,
    };
  }

  /** Takes a picture into the folder. */
  async takeSnapshot(): Promise<void> {
    const track = this.camera;
    if (track === undefined) throw new Error("There is no camera");
    const photo = await new ImageCapture(track).takePhoto();
    const name = fileName("snapshot", photo.type === "image/png" ? "png" : "jpg");
    await mkdir(this.#folder, { recursive: true });
    await writeFile(join(this.#folder, name), Buffer.from(await photo.arrayBuffer()));
    this.#say(`Saved ${name}`);
  }

  /** Records into the folder, until {@link stopRecording}. */
  async startRecording(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined || this.#running !== undefined) return;
    const name = fileName("recording", this.camera === undefined ? "wav" : "webm");
    await mkdir(this.#folder, { recursive: true });
    const file = await RecordingFile.open(join(this.#folder, name));
    this.#running = { recorder: file.record(stream), file, name };
    this.#say("");
    file.finished
      .then(() => `Saved ${name}`)
      .catch((error: unknown) => `${name} ended early: ${messageOf(error)}`)
      .then((message) => {
        this.#running = undefined;
        this.#say(message);
      })
      .catch(() => undefined);
  }

  /** Resolves when the file is complete. */
  async stopRecording(): Promise<void> {
    const running = this.#running;
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

  async #constraints(choice: PreviewChoice): Promise<MediaStreamConstraints> {
    const devices = await this.#mediaDevices.enumerateDevices();
    const has = (wanted: string) => devices.some(({ kind }) => kind === wanted);
    if (!has("videoinput") && !has("audioinput")) {
      throw new DOMException("There is no camera and no microphone", "NotFoundError");
    }
    const [width, height] = (choice.size ?? "").split("x").map(Number);
    const size = width && height ? { width, height } : {};
    return {
      video: has("videoinput") && { ...exactly(choice.camera), ...size },
      audio: has("audioinput") && exactly(choice.microphone),
    };
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
