import type { CaptureRequest, RequestedMedia } from "../options/capture-request.ts";
import { chooseDevices, type ChosenDevices } from "./choose-devices.ts";
import type { DeviceSources } from "./device-sources.ts";
import { createMediaCapture } from "../../backend.ts";
import { MediaStream, type MediaTrackConstraints } from "../../index.ts";
import { createPermissionBroker } from "../../permission/index.ts";

/** Open devices. */
export interface Capture {
  readonly stream: MediaStream;
  /** What the person should know: what was left out or replaced. */
  readonly notices: readonly string[];
  /** Stops every track and frees the devices. */
  close(): Promise<void>;
}

/**
 * Opens what a request names.
 * @throws CommandError, or what getUserMedia() rejects with
 */
export async function openCapture(
  request: CaptureRequest,
  sources: DeviceSources,
): Promise<Capture> {
  const chosen = await chooseDevices(request, sources);
  try {
    return await open(chosen);
  } catch (error) {
    if (request.fallback !== true || request.screen !== undefined) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const replaced = await chooseDevices(allSynthetic(chosen.request), sources);
    const notice = `${reason}\nThe synthetic devices are recorded instead`;
    return await open({ ...replaced, notices: [...chosen.notices, notice] });
  }
}

async function open({ backends, notices, request }: ChosenDevices): Promise<Capture> {
  const permission = createPermissionBroker();
  const capture = createMediaCapture({ backends, permission });
  const { mediaDevices } = capture.navigator;
  const { audio, screen, video } = request;
  const tracks: ReturnType<MediaStream["getTracks"]> = [];
  const close = async (): Promise<void> => {
    for (const track of tracks) track.stop();
    await capture.close();
  };
  try {
    if (screen !== undefined) {
      const display = await mediaDevices.getDisplayMedia({ video: wanted(screen) });
      tracks.push(...display.getTracks());
    }
    if (video !== undefined || audio !== undefined) {
      const inputs = await mediaDevices.getUserMedia({
        video: video === undefined ? false : wanted(video),
        audio: audio === undefined ? false : wanted(audio),
      });
      tracks.push(...inputs.getTracks());
    }
    return { stream: new MediaStream(tracks), notices, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function wanted({ constraints }: RequestedMedia): MediaTrackConstraints | true {
  return Object.keys(constraints).length === 0 ? true : constraints;
}

function allSynthetic({ audio, video }: CaptureRequest): CaptureRequest {
  const synthetic = { kind: "synthetic" } as const;
  return {
    ...(video === undefined ? {} : { video: { ...video, device: synthetic } }),
    ...(audio === undefined ? {} : { audio: { ...audio, device: synthetic } }),
  };
}
