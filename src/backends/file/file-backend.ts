import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import type { FileProbe } from "../../capture-process/child/probe-file.ts";
import {
  createHelperProcess,
  LeasedProcess,
} from "../../capture-process/program/leased-process.ts";
import { DeviceError } from "../../contract/device-error.ts";
import {
  type Backend,
  type DeviceConfiguration,
  type DeviceDescription,
  type ListingProblem,
} from "../../contract/device.ts";
import { type DeviceSession } from "../../contract/session.ts";
import { describeFile } from "./describe-file.ts";
import { FileEpochs } from "./file-epochs.ts";
import { FileProbes } from "./file-probes.ts";
import { listFiles, type ListedFile } from "./list-files.ts";

/** Which files are devices, and how they play. */
export interface FileBackendOptions {
  /**
   * Media files, or folders of them: of the formats that FFmpeg reads and that need no other file.
   * Lists of files (HLS, DASH, `ffconcat`) and numbered pictures are no devices.
   */
  readonly files: readonly string[];
  /** Start again at the end (default), or end then. */
  readonly loop?: boolean;
  /**
   * `"real-time"` (default): each frame at its moment. `"asFastAsPossible"`: as soon as it is
   * taken, with the time stamps that it would have had.
   */
  readonly pacing?: "real-time" | "asFastAsPossible";
}

/**
 * Media files as devices: pictures are a camera, sound is a microphone, and those of one file are
 * one piece of hardware that stays in sync.
 */
export function fileBackend(options: FileBackendOptions): Backend {
  return new FileBackend(options);
}

class FileBackend implements Backend {
  readonly name = "file";
  readonly #options: FileBackendOptions;
  readonly #helper = createHelperProcess();
  readonly #probes = new FileProbes(
    async (path) => (await this.#helper.ask({ type: "probe", path })) as FileProbe,
  );
  readonly #epochs = new FileEpochs();
  /** A file is one piece of hardware: its picture and its sound are read in one process. */
  readonly #processes = new Map<string, LeasedProcess>();

  #problems: readonly string[] = [];

  constructor(options: FileBackendOptions) {
    this.#options = options;
  }

  async listDevices(): Promise<readonly DeviceDescription[]> {
    const { files, problems } = await listFiles(this.#options.files);
    const lists = await Promise.all(files.map((file) => this.#devicesOf(file)));
    const unplayable = files.filter((_file, index) => lists[index]?.length === 0);
    this.#problems = [
      ...problems,
      ...unplayable.map(({ path }) => `${path} has neither sound nor pictures that can be read`),
    ];
    const seen = new Set<string>();
    return lists.flat().map((device) => {
      const isDefault = !seen.has(device.kind);
      seen.add(device.kind);
      return { ...device, isDefault };
    });
  }

  get problems(): readonly ListingProblem[] {
    return this.#problems.map((message) => ({ kinds: ["videoinput", "audioinput"], message }));
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    const separator = hardwareId.lastIndexOf("#");
    const path = hardwareId.slice(0, separator);
    const media = hardwareId.slice(separator + 1);
    if ((media !== "video" && media !== "audio") || configuration.kind !== media) {
      throw new DeviceError("not-found", `There is no file device ${hardwareId}.`);
    }
    const { loop = true, pacing = "real-time" } = this.#options;
    const epoch = this.#epochs.join(path);
    try {
      return await CaptureSession.open(configuration, {
        inputOf: () => ({ type: "file", path, media, loop, pacing }),
        epochUs: epoch.us,
        process: this.#processOf(path),
        onOver: epoch.leave,
      });
    } catch (error) {
      epoch.leave();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#helper.close();
  }

  #processOf(path: string): LeasedProcess {
    const known = this.#processes.get(path);
    const process = known ?? new LeasedProcess({ takesFrom: this.#helper });
    this.#processes.set(path, process);
    return process;
  }

  async #devicesOf(file: ListedFile): Promise<DeviceDescription[]> {
    const probe = await this.#probes.probe(file);
    return probe === undefined ? [] : describeFile(file.path, probe);
  }
}
