import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runInVm, whyNoVm, type Findings } from "../support/vm.ts";
import { contractSuite } from "./kernel-drivers/contract-suite.ts";
import { loopbackCard } from "./kernel-drivers/loopback-card.ts";
import { usbCameras } from "./kernel-drivers/usb-cameras.ts";
import { vividCameras } from "./kernel-drivers/vivid-cameras.ts";

const folder = mkdtempSync(join(tmpdir(), "usermedia-vm-"));
let missing: string | undefined;
let findings: Findings[] = [];

beforeAll(async () => {
  missing = whyNoVm();
  if (missing !== undefined) return;
  findings = await runInVm(
    [
      { file: "contract-scenario.mjs" },
      { file: "vivid-scenario.mjs" },
      { file: "alsa-scenario.mjs" },
      {
        file: "uvc-scenario.mjs",
        args: [motionJpeg("640x480"), motionJpeg("320x240")],
        env: { USERMEDIA_BACKENDS: "v4l2", USERMEDIA_PERMISSIONS: "camera=granted" },
      },
    ],
    folder,
  );
}, 2_000_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Red on the left, blue on the right, and a white mark that moves along the upper edge. */
function motionJpeg(size: string): string {
  const file = join(folder, `${size}.mjpeg`);
  const colour = (name: string) => `color=${name}:size=160x240:rate=8:duration=1`;
  const filter = [
    `${colour("red")}[left];${colour("blue")}[right];[left][right]hstack`,
    "drawbox=x=20*t*8:y=0:w=20:h=40:color=white:t=fill",
    `scale=${size.replace("x", ":")}`,
    "format=yuvj422p",
  ].join(",");
  const output = ["-q:v", "3", "-f", "mjpeg", file];
  execFileSync("ffmpeg", ["-v", "error", "-filter_complex", filter, ...output]);
  return file;
}

const scenarios = [
  ["the contract suite on v4l2 and alsa", contractSuite],
  ["the v4l2 backend on the kernel's vivid driver", vividCameras],
  ["the alsa backend on the kernel's loopback card", loopbackCard],
  ["a USB camera on the kernel's uvcvideo driver", usbCameras],
] as const;

describe.each(scenarios)("%s, in a VM", (_name, findingsAreRight) => {
  beforeEach((context) => {
    if (missing !== undefined) context.skip(missing);
  });
  const at = scenarios.findIndex(([, check]) => check === findingsAreRight);

  it("runs through", () => {
    expect(findings[at]?.get("stopped")).toBeUndefined();
  });
  findingsAreRight(() => findings[at] ?? new Map(), join(folder, "unplugged.webm"));
});
