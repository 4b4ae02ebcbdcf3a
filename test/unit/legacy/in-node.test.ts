import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installLegacy, type LegacyOptions } from "../../../src/index.ts";
import { VirtualDevices } from "../../../src/testing/index.ts";
import type { MediaStreamTrack } from "../../../src/web/track/media-stream-track.ts";
import type { MediaStream } from "../../../src/web/stream/media-stream.ts";

/** A stream with the members that it once had. */
type OldStream = MediaStream & { stop(): void; readonly ended: boolean };

interface OldError extends Error {
  readonly code: number;
  readonly constraintName: string;
}

type OldCall = (
  constraints: unknown,
  success: (stream: OldStream) => void,
  failure: (error: OldError) => void,
) => void;

let devices: VirtualDevices;

beforeEach(() => {
  devices = new VirtualDevices();
  devices.addCamera({ label: "Front", facingMode: "user" });
  devices.addCamera({ label: "Back", facingMode: "environment" });
  devices.addMicrophone({ label: "Desk" });
  devices.addDisplay({ label: "Left" });
  devices.addDisplay({ label: "Right" });
});

afterEach(async () => {
  await devices.close();
});

/** The world of the virtual devices as an old page's. */
function install(options: LegacyOptions): void {
  const { interfaces, navigator } = devices.capture;
  const { MediaStream, MediaStreamTrack } = interfaces;
  installLegacy(options, { navigator, MediaStream, MediaStreamTrack, URL, DOMException });
}

function ask(constraints: unknown, name = "webkitGetUserMedia"): Promise<OldStream> {
  const { navigator } = devices;
  const call = Reflect.get(navigator, name) as OldCall;
  return new Promise((resolve, reject) => {
    call.call(navigator, constraints, resolve, reject);
  });
}

async function picture(constraints: unknown, name?: string): Promise<MediaStreamTrack> {
  const [track] = (await ask({ video: constraints }, name)).getVideoTracks();
  if (!track) throw new Error("There is no picture");
  return track;
}

describe("the old call in Node, with dialects", () => {
  beforeEach(() => install({ dialects: true }));

  it("takes webkit's mandatory limits", async () => {
    const mandatory = { minWidth: 1280, maxWidth: 1280 };
    const track = await picture({ mandatory, optional: [{ minFrameRate: 10 }] });
    expect(track.getSettings()).toMatchObject({ width: 1280 });
    await expect(picture({ mandatory: { minWidth: 9999 } })).rejects.toMatchObject({
      name: "OverconstrainedError",
      constraint: "width",
    });
  });

  it("finds a camera by the id that getSources told", async () => {
    await picture(true);
    const { getSources } = devices.capture.interfaces["MediaStreamTrack"] as unknown as {
      getSources(callback: (sources: { id: string; kind: string; label: string }[]) => void): void;
    };
    const sources = await new Promise<{ id: string; kind: string; label: string }[]>((resolve) =>
      getSources(resolve),
    );
    expect(sources.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["audio", "video", "video"]),
    );
    const back = sources.find(({ label }) => label === "Back");
    const track = await picture({ optional: [{ sourceId: back?.id }] });
    expect(track.label).toBe("Back");
  });

  it("takes moz's require", async () => {
    const required = { require: ["facingMode"], facingMode: "environment", width: { min: 9999 } };
    expect((await picture(required, "mozGetUserMedia")).label).toBe("Back");
  });

  it.each([
    ["webkitGetUserMedia", { mandatory: { chromeMediaSource: "screen", maxWidth: 640 } }],
    ["mozGetUserMedia", { mediaSource: "screen", width: { max: 640 } }],
    ["getUserMedia", { mandatory: { chromeMediaSource: "desktop", maxWidth: 640 } }],
  ])("shares a screen through %s", async (name, constraints) => {
    const track = await picture(constraints, name);
    const settings = track.getSettings();
    expect(track.label).toBe("Left");
    expect(settings).toMatchObject({ displaySurface: "monitor" });
    expect(settings.width).toBeLessThanOrEqual(640);
  });

  it("shares the screen that chromeMediaSourceId names", async () => {
    const { mediaDevices, permission } = devices;
    permission.deny("display-capture", "Left");
    const right = await mediaDevices.getDisplayMedia();
    const chromeMediaSourceId = right.getVideoTracks()[0]?.getSettings().deviceId;
    permission.grant("display-capture", "Left");
    const unnamed = await picture({ mandatory: { chromeMediaSource: "desktop" } });
    expect(unnamed.label).toBe("Left");
    const mandatory = { chromeMediaSource: "desktop", chromeMediaSourceId };
    expect((await picture({ mandatory })).label).toBe("Right");
  });

  it("asks the user for the screen as getDisplayMedia does", async () => {
    devices.permission.deny("display-capture");
    await expect(picture({ mandatory: { chromeMediaSource: "screen" } })).rejects.toMatchObject({
      name: "NotAllowedError",
    });
  });

  it("gives streams stop and ended", async () => {
    const stream = await ask({ audio: true, video: true });
    expect(stream.ended).toBe(false);
    stream.stop();
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
    expect(stream.ended).toBe(true);
  });
});

describe("the old call in Node, with old error names", () => {
  beforeEach(() => install({ dialects: true, errorNames: "legacy" }));

  it("reports a denial", async () => {
    devices.permission.deny("camera");
    await expect(ask({ video: true })).rejects.toMatchObject({
      name: "PermissionDeniedError",
      code: 1,
    });
  });

  it("reports the constraint that no device meets", async () => {
    const constraints = { video: { mandatory: { minWidth: 9999 } } };
    await expect(ask(constraints)).rejects.toMatchObject({
      name: "ConstraintNotSatisfiedError",
      constraintName: "width",
    });
  });

  it("reports that there is no device", async () => {
    const empty = new VirtualDevices();
    const { navigator } = empty;
    installLegacy({ errorNames: "legacy" }, { navigator, URL, DOMException });
    const error = await new Promise((resolve) => {
      navigator.getUserMedia({ video: true }, resolve, resolve);
    });
    expect(error).toMatchObject({ name: "DevicesNotFoundError" });
    await empty.close();
  });
});
