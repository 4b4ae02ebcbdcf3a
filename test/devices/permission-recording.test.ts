import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { SyntheticBackend } from "../../src/backends/synthetic/index.ts";
import { DeviceError } from "../../src/contract/device-error.ts";
import { createMediaCapture } from "../../src/world/create-media-capture.ts";
import { systemClock } from "../../src/engine/clock/system-clock.ts";
import { listCaptures } from "../../src/permission/indicator/list-captures.ts";
import { MediaRecorder } from "../../src/web/recorder/media-recorder.ts";
import { probe } from "../support/probe.ts";
import { ScriptedBackend } from "../support/scripted-backend.ts";
import { program, ScriptedPrompt } from "../unit/permission/fixture.ts";

const run = promisify(execFile);
const management = new URL("../../dist/permission/index.js", import.meta.url);

/** A whole world on synthetic devices that stand for a person's, with the real broker. */
function world() {
  const prompt = new ScriptedPrompt();
  const it = program(undefined, { prompts: [prompt] });
  const permission = it.broker();
  const capture = createMediaCapture({
    backends: [new SyntheticBackend({ clock: systemClock, needsPermission: true })],
    permission,
  });
  onTestFinished(() => capture.close());
  return { ...it, ...capture, prompt };
}

/** As `usermedia permission revoke camera microphone` does, in a process of its own. */
async function revokeElsewhere(folder: string): Promise<void> {
  const code =
    `import { revokePermissions } from ${JSON.stringify(fileURLToPath(management))};` +
    `await revokePermissions(["camera", "microphone"], { folder: ${JSON.stringify(folder)} });`;
  await run(process.execPath, ["--input-type=module", "-e", code]);
}

test.each(["once", "always"] as const)(
  "revoking what was allowed %s, from another process, ends the tracks and finishes the recording",
  async (choice) => {
    const { folder, mediaDevices, permissions, prompt, root, runtimeFolder } = world();
    const asked = mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
    await prompt.answer(choice);
    const stream = await asked;
    const status = await permissions.query({ name: "camera" });
    expect(status.state).toBe("granted");
    expect(
      listCaptures(runtimeFolder)[0]
        ?.captures.map(({ name }) => name)
        .sort(),
    ).toEqual(["camera", "microphone"]);

    const recorder = new MediaRecorder(stream, { mimeType: "video/webm" });
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = once(recorder, "stop");
    recorder.start(200);
    for (let slice = 0; slice < 5; slice += 1) await once(recorder, "dataavailable");
    const ended = stream.getTracks().map((track) => once(track, "ended"));
    const changed = once(status, "change");

    await revokeElsewhere(folder);
    await Promise.all([...ended, changed, stopped]);
    expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(["ended", "ended"]);
    expect(status.state).toBe("prompt");
    expect(listCaptures(runtimeFolder)).toEqual([]);

    const file = join(root, "recording.webm");
    await writeFile(file, Buffer.from(await new Blob(parts).arrayBuffer()));
    const { streams, durationS } = await probe(file);
    expect(streams.map(({ codec_type }) => codec_type).sort()).toEqual(["audio", "video"]);
    expect(durationS).toBeGreaterThan(0.5);
  },
);

test("labels and ids are shown only once the user has allowed it, and ids are other ones after a reset", async () => {
  const { broker, folder, mediaDevices, prompt } = world();
  const before = await mediaDevices.enumerateDevices();
  expect(before.every(({ label, deviceId }) => label === "" && deviceId === "")).toBe(true);
  const asked = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("once");
  const stream = await asked;
  const labelsOf = async (kind: string) =>
    (await mediaDevices.enumerateDevices())
      .filter((device) => device.kind === kind)
      .map(({ label }) => label !== "");
  expect(await labelsOf("videoinput")).toEqual([true, true]);
  for (const track of stream.getTracks()) track.stop();
  const salt = broker().deviceIdSalt();
  const { resetPermissions } =
    await import("../../src/permission/management/manage-permissions.ts");
  await resetPermissions(undefined, { folder });
  expect(broker().deviceIdSalt()).not.toBe(salt);
});

test("a user who decides nothing leaves getUserMedia pending, and a Block rejects it", async () => {
  const { mediaDevices, prompt } = world();
  let isSettled = false;
  void mediaDevices.getUserMedia({ video: true }).finally(() => {
    isSettled = true;
  });
  await prompt.answer(undefined);
  const blocked = mediaDevices.getUserMedia({ video: true });
  await prompt.answer("block");
  await expect(blocked).rejects.toMatchObject({ name: "NotAllowedError" });
  expect(isSettled).toBe(false);
});

test("the picked camera is the one that is opened", async () => {
  const { mediaDevices, prompt } = world();
  const asked = mediaDevices.getUserMedia({ video: true });
  await prompt.asked();
  const [, second] = prompt.questions[0]?.kinds[0]?.devices ?? [];
  await prompt.answer("once", { camera: second?.key ?? "" });
  const [track] = (await asked).getVideoTracks();
  expect(track?.label).toBe(second?.label);
});

test("a signal withdraws a call whose prompt is open, and gives back what comes after it", async () => {
  const { mediaDevices, prompt } = world();
  const controller = new AbortController();
  const { signal } = controller;
  const asked = mediaDevices.getUserMedia({ video: true, signal });
  await prompt.asked();
  controller.abort(new Error("no more need"));
  await expect(asked).rejects.toThrow("no more need");
  expect(prompt.signals[0]?.aborted).toBe(true);
  await expect(mediaDevices.getUserMedia({ video: true, signal })).rejects.toThrow("no more need");
  expect(prompt.questions).toHaveLength(1);
});

test("a refusal of the system is a NotAllowedError that says what to do", async () => {
  const { broker } = program();
  const backend = new ScriptedBackend();
  backend.failure = new DeviceError("not-allowed", "Add this user to the group video");
  const permission = broker({ environment: { USERMEDIA_PERMISSIONS: "camera=granted" } });
  const capture = createMediaCapture({ backends: [backend], permission });
  onTestFinished(() => capture.close());
  await expect(capture.mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
    name: "NotAllowedError",
    message: "Add this user to the group video",
  });
});
