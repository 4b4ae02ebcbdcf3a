import { existsSync } from "node:fs";
import * as v from "valibot";
import { isNativeInstalled, missingNative } from "../../capture-process/native-package.ts";
import { CaptureSession } from "../../capture-process/program/capture-session.ts";
import { createHelperProcess } from "../../capture-process/program/leased-process.ts";
import type { LeasedProcess } from "../../capture-process/program/leased-process.ts";
import type { ChosenSurface } from "../../capture-process/wire/chosen-surface.ts";
import { DeviceError } from "../../contract/device-error.ts";
import type {
  Backend,
  ChoiceOptions,
  DesktopChoice,
  DeviceConfiguration,
  DeviceDescription,
  DisplayDescription,
  ListingProblem,
  VideoMode,
} from "../../contract/device.ts";
import type { DeviceSession } from "../../contract/session.ts";

export interface PipeWireBackendOptions {
  /** Default: the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Asked what the desktop can share. Default: one of its own. */
  readonly helper?: LeasedProcess;
}

/** What the desktop's dialog stands for, until something is chosen in it. */
const DESKTOP = "desktop";
/** The compositor gives pictures when the screen changes; these are what one likes. */
const FRAME_RATES = [30, 60];
const SURFACES = ["monitor", "window"] as const;
const FLATPAK_INFO = "/.flatpak-info";

const abilities = v.object({ surfaces: v.array(v.picklist(SURFACES)) });

/** Screens and windows of a Wayland session, which its user chooses in the desktop's own dialog. */
export function createPipeWireBackend(options: PipeWireBackendOptions = {}): Backend {
  return new PipeWireBackend(options);
}

class PipeWireBackend implements Backend {
  readonly name = "pipewire";
  readonly #env: NodeJS.ProcessEnv;
  readonly #helper: LeasedProcess;
  /** What was chosen and isn't opened yet. */
  readonly #chosen = new Map<string, CaptureSession>();
  /** The ids of what was chosen and isn't over. */
  readonly #taken = new Set<string>();
  #problem: string | undefined;
  #surfaces: readonly (typeof SURFACES)[number][] | undefined;

  constructor({ env = process.env, helper = createHelperProcess(env) }: PipeWireBackendOptions) {
    this.#env = env;
    this.#helper = helper;
  }

  /** One device, which stands for whatever is chosen: the desktop tells nobody what there is. */
  async listDevices(): Promise<readonly DeviceDescription[]> {
    // What is on an X server is the x11 backend's.
    if (!this.#env["WAYLAND_DISPLAY"]) return [];
    try {
      if (!isNativeInstalled()) throw missingNative();
      this.#surfaces ??= await this.#askSurfaces();
      this.#problem = undefined;
    } catch (error) {
      if (!(error instanceof DeviceError)) throw error;
      this.#problem = error.message;
      return [];
    }
    return this.#surfaces.length === 0 ? [] : [describeDesktop(this.#surfaces)];
  }

  get problems(): readonly ListingProblem[] {
    return this.#problem === undefined ? [] : [{ kinds: ["display"], message: this.#problem }];
  }

  async choose(hardwareId: string, options: ChoiceOptions): Promise<DesktopChoice> {
    if (hardwareId !== DESKTOP) {
      throw new DeviceError("not-found", `There is no screen ${hardwareId} to be chosen.`);
    }
    const id = this.#freeId();
    const session = await this.#ask(id, options);
    const { restoreToken, ...surface } = await session.chosenSurface();
    this.#chosen.set(id, session);
    return {
      description: describeChosen(id, surface, session.configuration),
      restoreToken,
      discard: async () => {
        if (this.#chosen.delete(id)) await session.close();
      },
    };
  }

  async open(hardwareId: string, configuration: DeviceConfiguration): Promise<DeviceSession> {
    if (configuration.kind !== "video") {
      throw new DeviceError("not-found", `There is no screen ${hardwareId}.`);
    }
    const session =
      hardwareId === DESKTOP ? await this.#ask(this.#freeId(), {}) : this.#chosen.get(hardwareId);
    if (session === undefined) {
      const message = "What the desktop's user chose is shared no more; ask for a screen again";
      throw new DeviceError("not-found", message);
    }
    this.#chosen.delete(hardwareId);
    try {
      await session.reconfigure(configuration);
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  async close(): Promise<void> {
    const waiting = [...this.#chosen.values()];
    this.#chosen.clear();
    await Promise.all([this.#helper.close(), ...waiting.map((session) => session.close())]);
  }

  /** Opens the dialog. The process and its connections are the capture's alone. */
  async #ask(id: string, options: ChoiceOptions): Promise<CaptureSession> {
    const { restoreToken, signal, surfaces = SURFACES } = options;
    this.#taken.add(id);
    return await CaptureSession.open(firstConfiguration, {
      env: this.#env,
      asksUser: true,
      signal,
      inputOf: () => ({
        type: "screenCast",
        surfaces: [...surfaces],
        ...(restoreToken !== undefined && { restoreToken }),
      }),
      onOver: () => {
        this.#taken.delete(id);
        this.#chosen.delete(id);
      },
    });
  }

  /** Ids are used again, so that what keeps a thing for each device doesn't grow. */
  #freeId(): string {
    let number = 1;
    while (this.#taken.has(`chosen-${number}`)) number += 1;
    return `chosen-${number}`;
  }

  async #askSurfaces(): Promise<readonly (typeof SURFACES)[number][]> {
    if (existsSync(FLATPAK_INFO)) {
      throw new DeviceError(
        "missing-dependency",
        "Inside a Flatpak sandbox screens can't be captured yet; run the program outside of it",
      );
    }
    const answer = await this.#helper.ask({ type: "screenCastAbilities" });
    return v.parse(abilities, answer).surfaces;
  }
}

/** Until the desktop says how large what was chosen is. */
const standIn: VideoMode = { width: 1920, height: 1080, frameRate: 30, pixelFormat: "BGRX" };
const firstConfiguration: DeviceConfiguration = { kind: "video", mode: standIn };

function describeDesktop(surfaces: readonly (typeof SURFACES)[number][]): DisplayDescription {
  const kinds = surfaces.map((surface) => (surface === "monitor" ? "screen" : surface));
  return {
    kind: "display",
    displaySurface: surfaces.includes("monitor") ? "monitor" : "window",
    isChosenByDesktop: true,
    hardwareId: DESKTOP,
    hardwareGroupId: DESKTOP,
    label: `A ${kinds.join(" or ")} (the desktop asks which)`,
    isDefault: true,
    modes: FRAME_RATES.map((frameRate) => ({ ...standIn, frameRate })),
  };
}

function describeChosen(
  hardwareId: string,
  { showsCursor, surface }: Omit<ChosenSurface, "restoreToken">,
  { kind, mode }: DeviceConfiguration,
): DisplayDescription {
  const { width, height, pixelFormat } = kind === "video" ? mode : standIn;
  return {
    kind: "display",
    displaySurface: surface,
    showsCursor,
    hardwareId,
    hardwareGroupId: hardwareId,
    label: surface === "window" ? "Window" : "Screen",
    isDefault: false,
    modes: FRAME_RATES.map((frameRate) => ({ width, height, frameRate, pixelFormat })),
  };
}
