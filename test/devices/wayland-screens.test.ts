import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createPipeWireBackend } from "../../src/backends/pipewire/pipewire-backend.ts";
import type { DeviceError } from "../../src/contract/device-error.ts";
import type { DeviceSession } from "../../src/contract/session.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { VideoFrame } from "../../src/media/video-frame.ts";
import { createPermissionBroker } from "../../src/permission/create-permission-broker.ts";
import {
  listPermissions,
  revokePermissions,
} from "../../src/permission/management/manage-permissions.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { describeBackend } from "../contract/backend.ts";
import { probe } from "../support/probe.ts";
import { cornerOf, pixelOf } from "../support/pixel-of.ts";
import { runCommand } from "../support/run-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { WaylandDesktop } from "../support/wayland-desktop.ts";

const missing = WaylandDesktop.missing();
/** What fills the screen. */
const COLOR = "2060c0";
const RGB = [0x20, 0x60, 0xc0];

let desktop: WaylandDesktop;
const doomed: WaylandDesktop[] = [];

beforeAll(async () => {
  if (missing === undefined) desktop = await WaylandDesktop.start(COLOR);
});
afterAll(async () => {
  await Promise.all([desktop, ...doomed].map((each) => each?.stop()));
});
afterEach(() => {
  if (desktop !== undefined) desktop.portal.answer = { action: "share" };
  expect(openFrameCount()).toBe(0);
});

describe.skipIf(missing !== undefined)("the pipewire backend on a headless GNOME", () => {
  describeBackend(() =>
    Promise.resolve({ backend: createPipeWireBackend({ env: desktop.env }), isShared: true }),
  );
});

describe.skipIf(missing !== undefined)("screens of a headless GNOME, by its real portal", () => {
  it("tells what was chosen, and gives its pixels as they are drawn", async () => {
    const { mediaDevices } = world();
    const stream = await mediaDevices.getDisplayMedia();
    const [track] = stream.getVideoTracks();
    expect(track?.label).toBe("Screen");
    expect(track?.getSettings()).toMatchObject({
      width: 1280,
      height: 720,
      displaySurface: "monitor",
      cursor: "always",
    });
    track?.stop();
    const { frame, session } = await firstFrame(desktop);
    expect([frame.codedWidth, frame.codedHeight]).toEqual([1280, 720]);
    expect(await pixelOf(frame, 640, 360)).toEqual(RGB);
    frame.close();
    await session.close();
  });

  it("repeats the picture of a screen that stands still, with later times", async () => {
    const { session, next } = await opened(desktop);
    const times: number[] = [];
    while (times.length < 12) {
      const frame = await next();
      times.push(frame.timestamp);
      frame.close();
    }
    await session.close();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(0);
  });

  it("is a NotAllowedError when its user closes the dialog", async () => {
    desktop.portal.answer = { action: "cancel" };
    const asking = world().mediaDevices.getDisplayMedia();
    await expect(asking).rejects.toMatchObject({ name: "NotAllowedError" });
  });

  it("closes the dialog when the call is aborted", async () => {
    desktop.portal.answer = { action: "wait" };
    const starts = desktop.portal.calls.filter((call) => call === "Start").length;
    const closes = desktop.portal.calls.filter((call) => call === "Request.Close").length;
    const aborting = new AbortController();
    const asking = world().mediaDevices.getDisplayMedia({ signal: aborting.signal });
    const failure = asking.catch((error: unknown) => error);
    await desktop.portal.untilCalled("Start", starts + 1);
    aborting.abort();
    expect(await failure).toMatchObject({ name: "AbortError" });
    await desktop.portal.untilCalled("Request.Close", closes + 1);
  });

  it("ends the track when its user stops sharing", async () => {
    const stream = await world().mediaDevices.getDisplayMedia();
    const [track] = stream.getVideoTracks();
    const ended = new Promise((resolve) => track?.addEventListener("ended", resolve));
    await desktop.portal.stopSharing();
    await ended;
    expect(track?.readyState).toBe("ended");
  });

  it("restores what its user said to remember, until that is revoked", async () => {
    const folder = temporaryFolder();
    const share = async (): Promise<void> => {
      const stream = await world(folder).mediaDevices.getDisplayMedia();
      for (const track of stream.getTracks()) track.stop();
    };
    const restored = (): number =>
      desktop.portal.calls.filter((call) => call === "restored").length;
    const before = restored();
    await share();
    expect(restored()).toBe(before);
    expect(listPermissions({ folder })).toMatchObject([
      { name: "display-capture", state: "granted", deviceKey: "pipewire:desktop" },
    ]);
    desktop.portal.answer = { action: "cancel" };
    await share();
    await share();
    expect(restored()).toBe(before + 2);
    await revokePermissions(["display-capture"], { folder });
    expect(listPermissions({ folder })).toEqual([]);
    await expect(share()).rejects.toMatchObject({ name: "NotAllowedError" });
  });

  it("ends the tracks of a running capture when its permission is revoked", async () => {
    const folder = temporaryFolder();
    const { permission, mediaDevices } = world(folder);
    const stream = await mediaDevices.getDisplayMedia();
    const [track] = stream.getVideoTracks();
    const ended = new Promise((resolve) => track?.addEventListener("ended", resolve));
    await permission.revoke("display-capture");
    await ended;
    expect(track?.readyState).toBe("ended");
  });

  it("tells the desktop when the capture process is killed", async () => {
    const closes = desktop.portal.calls.filter((call) => call === "Session.Close").length;
    const { session, ended } = await opened(desktop);
    process.kill((session as { pid?: number }).pid ?? 0, "SIGKILL");
    expect(await ended).toMatchObject({ name: "DeviceError" });
    await desktop.portal.untilCalled("Session.Close", closes + 1);
    await session.close();
  });

  it.each(["mutter", "pipewire"] as const)("ends when %s is killed", async (part) => {
    const own = await WaylandDesktop.start(COLOR);
    doomed.push(own);
    const { ended, session } = await opened(own);
    own.kill(part);
    expect(await ended).toMatchObject({ name: "DeviceError" });
    await session.close();
  });

  it("opens and closes again and again, and leaves no process and no session behind", async () => {
    const { calls } = desktop.portal;
    const count = (name: string): number => calls.filter((call) => call === name).length;
    const before = count("Session.Close");
    const backend = createPipeWireBackend({ env: desktop.env });
    for (let round = 0; round < 5; round += 1) {
      const choice = await backend.choose?.("desktop", {});
      expect(choice?.description.hardwareId).toBe("chosen-1");
      await choice?.discard();
    }
    await backend.close?.();
    await desktop.portal.untilCalled("Session.Close", before + 5);
  });

  it("is recorded by `usermedia record --screen`, with the right pixels, and asks nothing of ours", async () => {
    const folder = temporaryFolder();
    const words = ["record", "--no-audio", "--duration", "2s", "--screen", "screen.webm"];
    const { code, err } = await runCommand(words, folder, {
      ...desktop.env,
      USERMEDIA_BACKENDS: "x11,pipewire",
      DISPLAY: "",
    });
    expect([code, err]).toEqual([0, expect.stringContaining("Recording")]);
    const { durationS, streams } = await probe(join(folder, "screen.webm"));
    expect(streams).toMatchObject([{ codec_type: "video", width: 1280, height: 720 }]);
    expect(durationS).toBeGreaterThan(1);
    const words2 = ["snapshot", "--screen", "screen.png"];
    const picture = await runCommand(words2, folder, {
      ...desktop.env,
      USERMEDIA_BACKENDS: "pipewire",
    });
    expect([picture.code, picture.out]).toEqual([0, "screen.png: 1280x720\n"]);
    expect(cornerOf(join(folder, "screen.png"))).toEqual(RGB);
    for (const [at, value] of RGB.entries()) {
      expect(Math.abs((cornerOf(join(folder, "screen.webm"))[at] ?? 0) - value)).toBeLessThan(10);
    }
  });

  it("says what is missing where there is no portal, and where there is no session bus", async () => {
    const own = await WaylandDesktop.start(COLOR);
    doomed.push(own);
    own.kill("portal");
    const without = async (env: NodeJS.ProcessEnv): Promise<string> => {
      const backend = createPipeWireBackend({ env });
      onTestFinished(async () => void (await backend.close?.()));
      expect(await backend.listDevices()).toEqual([]);
      return backend.problems?.[0]?.message ?? "";
    };
    expect(await without(own.env)).toContain("xdg-desktop-portal");
    const nowhere = { ...own.env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" };
    expect(await without(nowhere)).toContain("DBUS_SESSION_BUS_ADDRESS");
  });

  it("lists nothing in a session of X11", async () => {
    const backend = createPipeWireBackend({ env: { ...desktop.env, WAYLAND_DISPLAY: "" } });
    expect(await backend.listDevices()).toEqual([]);
    expect(backend.problems).toEqual([]);
  });
});

/** A program of the desktop's, which remembers in this folder; its backend is closed with the test. */
function world(folder = temporaryFolder()) {
  const backend = createPipeWireBackend({ env: desktop.env });
  const entry = join(import.meta.dirname, "capture-program.mjs");
  const permission = createPermissionBroker({
    entry,
    folder,
    environment: {},
    prompts: [],
    runtimeFolder: temporaryFolder(),
  });
  const capture = createMediaCapture({ backends: [backend], permission });
  onTestFinished(async () => {
    await capture.close();
    permission.close();
    await backend.close?.();
  });
  return { mediaDevices: capture.mediaDevices, permission };
}

interface Opened {
  readonly session: DeviceSession;
  readonly ended: Promise<DeviceError>;
  /** The next picture, which is the caller's. */
  readonly next: () => Promise<VideoFrame>;
}

/** What its user chooses, giving pictures. */
async function opened({ env }: WaylandDesktop): Promise<Opened> {
  const backend = createPipeWireBackend({ env });
  onTestFinished(async () => void (await backend.close?.()));
  const choice = await backend.choose?.("desktop", {});
  const [mode] = choice?.description.modes ?? [];
  if (choice === undefined || mode === undefined) throw new Error("Nothing was chosen.");
  const session = await backend.open(choice.description.hardwareId, { kind: "video", mode });
  let take: ((frame: VideoFrame) => void) | undefined;
  const ended = new Promise<DeviceError>((resolve) => {
    session.start({
      frame: (frame) => {
        if (take === undefined || !(frame instanceof VideoFrame)) frame.close();
        else take(frame);
        take = undefined;
      },
      muted: () => undefined,
      ended: resolve,
    });
  });
  session.wantFrames(true);
  return { session, ended, next: () => new Promise((resolve) => (take = resolve)) };
}

async function firstFrame(of: WaylandDesktop): Promise<{
  readonly frame: VideoFrame;
  readonly session: DeviceSession;
}> {
  const { next, session } = await opened(of);
  return { frame: await next(), session };
}
