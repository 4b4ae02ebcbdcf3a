import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

import { canCancelEcho } from "../../../../src/backends/pulse/can-cancel-echo.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const pulse = {
  packageName: "pulseaudio",
  packageVersion: "16.1",
  defaultSinkName: null,
  defaultSourceName: null,
};
const pipeWire = { ...pulse, packageName: "PulseAudio (on PipeWire 1.2.0)" };

test.each([
  [pulse, "pulse-16.1+dfsg1/modules/module-echo-cancel.so", true],
  [pulse, "pulseaudio/modules/module-echo-cancel.so", true],
  [pulse, "pulse-15.0/modules/module-echo-cancel.so", false],
  [pipeWire, "spa-0.2/aec/libspa-aec-webrtc.so", true],
  [pipeWire, "pulse-16.1/modules/module-echo-cancel.so", false],
] as const)("%o with %s: %s", (server, file, expected) => {
  const folder = temporaryFolder();
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), "");
  writeFileSync(join(folder, "pw-cli"), "");
  const absent = join(folder, "absent");
  expect(canCancelEcho(server, [absent, folder], [absent, folder])).toBe(expected);
  if (server === pipeWire) expect(canCancelEcho(server, [folder], [absent])).toBe(false);
});
