import type { Backend } from "../../backend.ts";
import { CommandError, ExitCode } from "../errors.ts";
import type { CaptureRequest, RequestedMedia } from "../options/capture-request.ts";
import type { DeviceSources } from "./device-sources.ts";
import {
  deviceKey,
  findDevice,
  listDevices,
  listingProblems,
  type ListedDevice,
} from "./listed-device.ts";

type InputKind = "videoinput" | "audioinput";

/** What is captured of what was asked for, and from which devices. */
export interface ChosenDevices {
  readonly request: CaptureRequest;
  /** Only the devices that may be taken. */
  readonly backends: readonly Backend[];
  /** What was left out, for the person to know. */
  readonly notices: readonly string[];
}

const NOUNS = { videoinput: "camera", audioinput: "microphone" } as const;

/**
 * Finds the devices that a request names, before any is opened.
 * @throws CommandError when one isn't there
 */
export async function chooseDevices(
  request: CaptureRequest,
  sources: DeviceSources,
): Promise<ChosenDevices> {
  const notices: string[] = [];
  const video = await chooseKind("videoinput", request.video, request, sources);
  const audio = await chooseKind("audioinput", request.audio, request, sources);
  for (const { notice } of [video, audio]) if (notice !== undefined) notices.push(notice);
  const chosen: CaptureRequest = {
    ...(video.media === undefined ? {} : { video: video.media }),
    ...(audio.media === undefined ? {} : { audio: audio.media }),
    ...(request.screen === undefined ? {} : { screen: request.screen }),
  };
  if (chosen.video === undefined && chosen.audio === undefined && chosen.screen === undefined) {
    const sentences = [
      "No camera and no microphone found",
      ...listingProblems(sources.real, ["videoinput", "audioinput"]),
      "--video synthetic --audio synthetic works everywhere",
    ];
    throw new CommandError(ExitCode.noDevice, sentences.join(". "));
  }
  const allowed = new Set([...video.devices, ...audio.devices].map(({ id }) => id));
  const backends = new Set([...video.devices, ...audio.devices].map(({ backend }) => backend));
  if (request.screen !== undefined) for (const backend of sources.real) backends.add(backend);
  const limited = [...backends].map((backend) => limitBackend(backend, allowed));
  return { request: chosen, backends: limited, notices };
}

interface ChosenKind {
  readonly media?: RequestedMedia;
  readonly devices: readonly ListedDevice[];
  readonly notice?: string;
}

async function chooseKind(
  kind: InputKind,
  media: RequestedMedia | undefined,
  { fallback = false }: CaptureRequest,
  sources: DeviceSources,
): Promise<ChosenKind> {
  if (media === undefined) return { devices: [] };
  const ofKind = async (backends: readonly Backend[]): Promise<readonly ListedDevice[]> =>
    (await listDevices(backends)).filter(({ description }) => description.kind === kind);
  switch (media.device.kind) {
    case "synthetic":
      return { media, devices: await ofKind([sources.synthetic]) };
    case "file": {
      const devices = await ofKind([sources.file(media.device.path)]);
      if (devices.length > 0) return { media, devices };
      const content = kind === "videoinput" ? "pictures" : "sound";
      throw new CommandError(ExitCode.failed, `${media.device.path} has no ${content}`);
    }
    case "named": {
      const { text } = media.device;
      const real = await ofKind(sources.real);
      // A part of a label, such as "cam", must not find what nobody asked for.
      const isSynthetic = /^synth/i.test(text) && !sources.real.includes(sources.synthetic);
      const known = isSynthetic ? [...real, ...(await ofKind([sources.synthetic]))] : real;
      return { media, devices: [findDevice(known, text, NOUNS[kind])] };
    }
    case "default": {
      const devices = await ofKind(sources.real);
      if (devices.length > 0) return { media, devices };
      const none = `No ${NOUNS[kind]} found`;
      const problems = listingProblems(sources.real, [kind]);
      if (fallback) {
        const notice = [`${none}: the synthetic one is recorded`, ...problems].join(". ");
        return { media, devices: await ofKind([sources.synthetic]), notice };
      }
      if (!media.required) {
        return { devices, notice: [`${none}: recording without`, ...problems].join(". ") };
      }
      const option = kind === "videoinput" ? "--video" : "--audio";
      const advice = `${option} synthetic works everywhere`;
      throw new CommandError(ExitCode.noDevice, [none, ...problems, advice].join(". "));
    }
  }
}

/** The backend as if it had nothing but these cameras and microphones; screens and their sound stay. */
function limitBackend(backend: Backend, allowed: ReadonlySet<string>): Backend {
  return {
    name: backend.name,
    get problems() {
      return backend.problems ?? [];
    },
    listDevices: async () =>
      (await backend.listDevices()).filter(
        (description) =>
          !["videoinput", "audioinput"].includes(description.kind) ||
          allowed.has(deviceKey(backend, description)),
      ),
    open: (hardwareId, configuration) => backend.open(hardwareId, configuration),
    ...(backend.choose && { choose: backend.choose.bind(backend) }),
    ...(backend.watchDevices === undefined
      ? {}
      : { watchDevices: (onChange: () => void) => backend.watchDevices?.(onChange) ?? (() => {}) }),
    close: async () => backend.close?.(),
  };
}
