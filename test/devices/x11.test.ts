import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createX11Backend } from "../../src/backends/x11/x11-backend.ts";
import { openFrameCount } from "../../src/media/open-frames.ts";
import { VideoFrame } from "../../src/media/video-frame.ts";
import { describeBackend } from "../contract/backend.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { XServer } from "../support/x-server.ts";

let server: XServer;
beforeAll(async () => {
  server = await XServer.start();
});
afterAll(() => server.stop());
afterEach(() => expect(openFrameCount()).toBe(0));

describe("the x11 backend on a real X server", () => {
  describeBackend(() =>
    Promise.resolve({ backend: createX11Backend({ env: server.env }), isShared: true }),
  );

  it("gives the pixels that are on the screen, and the pointer in its middle", async () => {
    // Stripes of 4 px in two colours, tiled over the root window.
    const bitmap = join(temporaryFolder(), "half.xbm");
    const rows = Array.from({ length: 8 }, () => "0x0f").join(",");
    writeFileSync(
      bitmap,
      `#define half_width 8\n#define half_height 8\nstatic char half_bits[] = {\n${rows}};\n`,
    );
    execFileSync("xsetroot", ["-bitmap", bitmap, "-fg", "#c08040", "-bg", "#102030"], {
      env: server.env,
    });
    const frame = await firstFrame(server);
    expect(frame.format).toBe("BGRX");
    const pixels = new Uint8Array(frame.allocationSize({ format: "RGBX" }));
    await frame.copyTo(pixels, { format: "RGBX" });
    frame.close();
    let wrong = 0;
    let pointer = 0;
    for (let at = 0; at < pixels.length; at += 4) {
      const x = (at / 4) % 640;
      const y = Math.floor(at / 4 / 640);
      const expected = x % 8 < 4 ? [0xc0, 0x80, 0x40] : [0x10, 0x20, 0x30];
      if (expected.every((value, index) => pixels[at + index] === value)) continue;
      if (Math.hypot(x - 320, y - 240) < 24) pointer += 1;
      else wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(pointer).toBeGreaterThan(0);
  });

  it("lists nothing where there is no display, or Wayland hides it", async () => {
    for (const env of [{}, { DISPLAY: server.display, WAYLAND_DISPLAY: "wayland-0" }]) {
      expect(await createX11Backend({ env }).listDevices()).toEqual([]);
    }
  });

  it("ends with a DeviceError when the X server is killed", async () => {
    const doomed = await XServer.start();
    onTestFinished(() => doomed.stop());
    const backend = createX11Backend({ env: doomed.env });
    const [screen] = await backend.listDevices();
    const session = await backend.open(screen?.hardwareId ?? "", configurationOf(screen));
    onTestFinished(() => session.close());
    const ended = new Promise((resolve) => {
      session.start({
        frame: (frame) => {
          frame.close();
          void doomed.stop();
        },
        muted: () => undefined,
        ended: resolve,
      });
    });
    session.wantFrames(true);
    expect(await ended).toMatchObject({ name: "DeviceError" });
    await backend.close?.();
  });
});

type Listed = Awaited<ReturnType<ReturnType<typeof createX11Backend>["listDevices"]>>[number];

function configurationOf(screen: Listed | undefined) {
  if (screen?.kind !== "display" || screen.modes[0] === undefined) throw new Error("No screen.");
  return { kind: "video", mode: screen.modes[0] } as const;
}

async function firstFrame({ env }: XServer): Promise<VideoFrame> {
  const backend = createX11Backend({ env });
  const [screen] = await backend.listDevices();
  const session = await backend.open(screen?.hardwareId ?? "", configurationOf(screen));
  const frames: VideoFrame[] = [];
  await new Promise<void>((resolve, reject) => {
    session.start({
      frame: (frame) => {
        if (frame instanceof VideoFrame && frames.length === 0) frames.push(frame);
        else frame.close();
        resolve();
      },
      muted: () => undefined,
      ended: reject,
    });
    session.wantFrames(true);
  });
  await session.close();
  await backend.close?.();
  const [frame] = frames;
  if (frame === undefined) throw new Error("No frame came.");
  return frame;
}
