import { describe, expect, it, vi } from "vitest";

import { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import { OverconstrainedError } from "../../../../src/web/constraints/overconstrained-error.ts";
import { camera, microphone, secondCamera } from "../../../support/fake-engine.ts";
import { fakeWorld, tasks } from "../../../support/fake-world.ts";

describe("mediaDevices.getUserMedia()", () => {
  it("resolves with a live track of each kind asked for", async () => {
    const { mediaDevices } = fakeWorld();
    const stream = await mediaDevices.getUserMedia({ audio: true, video: true });
    expect(stream).toBeInstanceOf(MediaStream);
    expect(stream.active).toBe(true);
    expect(
      stream.getTracks().map(({ kind, label, readyState }) => [kind, label, readyState]),
    ).toEqual([
      ["audio", "Microphone One", "live"],
      ["video", "Camera One", "live"],
    ]);
  });

  it.each([[{}], [{ audio: false }], [{ audio: false, video: false }], [undefined]])(
    "rejects %j with a TypeError, and never throws it",
    async (constraints) => {
      const { mediaDevices } = fakeWorld();
      await expect(mediaDevices.getUserMedia(constraints)).rejects.toBeInstanceOf(TypeError);
    },
  );

  it("rejects a wrong argument and a wrong `this` with a TypeError", async () => {
    const { mediaDevices } = fakeWorld();
    const call = mediaDevices.getUserMedia as (...values: unknown[]) => Promise<unknown>;
    await expect(call.call(mediaDevices, 1)).rejects.toBeInstanceOf(TypeError);
    await expect(call.call({}, { video: true })).rejects.toThrow("Illegal invocation");
  });

  it("is rejected already when it is returned, if it fails before anything is asked", async () => {
    const { mediaDevices } = fakeWorld();
    const race = Promise.race([mediaDevices.getUserMedia({}), Promise.resolve()]);
    await expect(race).rejects.toBeInstanceOf(TypeError);
  });

  it("takes the settings nearest to the constraints", async () => {
    const { engine, mediaDevices } = fakeWorld();
    const stream = await mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
    const [track] = stream.getVideoTracks();
    expect(engine.opened[0]?.settings).toMatchObject({ width: 1280, height: 720 });
    expect(track?.getSettings()).toMatchObject({ width: 1280, height: 720, frameRate: 30 });
    expect(track?.getConstraints()).toEqual({ width: 1280, height: 720 });
    expect(track?.getCapabilities()).toMatchObject({ width: { min: 1, max: 1280 } });
  });

  it("ignores constraints of the other kind, required ones too", async () => {
    const { mediaDevices } = fakeWorld();
    const video = { sampleRate: { exact: 1 }, nonsense: { exact: 3 } } as object;
    await expect(mediaDevices.getUserMedia({ video })).resolves.toBeInstanceOf(MediaStream);
  });

  it("says which constraint no device meets", async () => {
    const { mediaDevices } = fakeWorld();
    const asked = mediaDevices.getUserMedia({ video: { width: { min: 100_000_000 } } });
    const error = await asked.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OverconstrainedError);
    expect(error).toMatchObject({ name: "OverconstrainedError", constraint: "width", code: 0 });
    expect(String(error)).toContain('No camera meets width: {"min":100000000}');
  });

  it("tells of numbers that can't all be had which ones can: in capabilities and in the message", async () => {
    const [mode] = microphone.kind === "audioinput" ? microphone.modes : [];
    const modes = [16_000, 44_100, 48_000].flatMap((sampleRate) => ({ ...mode, sampleRate }));
    const { mediaDevices } = fakeWorld([{ ...microphone, modes } as typeof microphone]);
    const stream = await mediaDevices.getUserMedia({ audio: true });
    const capabilities = stream.getAudioTracks()[0]?.getCapabilities();
    expect(capabilities).toMatchObject({
      sampleRate: { min: 16_000, max: 48_000 },
      choices: { sampleRate: [16_000, 44_100, 48_000] },
    });
    for (const exact of capabilities?.choices?.sampleRate ?? []) {
      await mediaDevices.getUserMedia({ audio: { sampleRate: { exact } } });
    }
    const refused = mediaDevices.getUserMedia({ audio: { sampleRate: { exact: 24_000 } } });
    await expect(refused).rejects.toMatchObject({
      constraint: "sampleRate",
      message: expect.stringContaining("Possible: 16000, 44100 or 48000") as string,
    });
    await expect(refused).rejects.toThrow("sampleRate is 16000, 44100 or 48000, but 24000");
  });

  it("names, of constraints that fail only together, the one that leaves nothing over", async () => {
    const { mediaDevices } = fakeWorld();
    const video = { width: { exact: 639 }, resizeMode: { exact: "none" } };
    await expect(mediaDevices.getUserMedia({ video })).rejects.toMatchObject({
      name: "OverconstrainedError",
      constraint: "width",
    });
  });

  it("rejects an unknown exact deviceId with its constraint", async () => {
    const { mediaDevices } = fakeWorld();
    await expect(
      mediaDevices.getUserMedia({ video: { deviceId: { exact: "unknown" } } }),
    ).rejects.toMatchObject({ name: "OverconstrainedError", constraint: "deviceId" });
  });

  it.each([
    { pan: { min: 1 } },
    { tilt: { max: 1 } },
    { zoom: { exact: 1 } },
    { torch: { exact: true } },
  ])("lets %o select no device, though cameras may have it", async (video) => {
    const { mediaDevices } = fakeWorld();
    await expect(mediaDevices.getUserMedia({ video })).rejects.toBeInstanceOf(TypeError);
  });

  it("takes wishes for photos that no camera has", async () => {
    const { mediaDevices } = fakeWorld();
    const pointsOfInterest = [{ x: 0.5, y: 0.5 }];
    const video = { pan: true, zoom: 100, focusMode: "continuous", pointsOfInterest };
    const [track] = (await mediaDevices.getUserMedia({ video })).getVideoTracks();
    expect(track?.getConstraints()).toEqual(video);
    expect(track?.getSettings()).not.toHaveProperty("zoom");
    const torch = track?.applyConstraints({ torch: { exact: true } });
    await expect(torch).rejects.toMatchObject({ constraint: "torch" });
    const points = track?.applyConstraints({ pointsOfInterest: { exact: pointsOfInterest } });
    await expect(points).rejects.toMatchObject({ constraint: "pointsOfInterest" });
  });

  it("rejects a required constraint that may not select a device with a TypeError", async () => {
    const { mediaDevices } = fakeWorld();
    await expect(
      mediaDevices.getUserMedia({ video: { backgroundBlur: { exact: true } } }),
    ).rejects.toThrow(/backgroundBlur can't be required/u);
  });

  it("rejects with NotFoundError that says what is connected", async () => {
    const { mediaDevices, permission } = fakeWorld([microphone]);
    const named = await mediaDevices.getUserMedia({ video: true }).catch((e: unknown) => e);
    expect(named).toMatchObject({ name: "NotFoundError" });
    expect(String(named)).toContain(
      'No camera found. Connected inputs: microphone "Microphone One"',
    );
    permission.askAgain();
    const error = await mediaDevices.getUserMedia({ video: true }).catch((e: unknown) => e);
    expect(String(error)).toContain("No camera found. Connected inputs: a microphone");
  });

  it.each([
    ["its key", "fake:camera-2"],
    ["a part of its label, in any case", "label:two"],
  ])("takes a device by %s", async (_what, name) => {
    const { mediaDevices } = fakeWorld([camera, secondCamera]);
    for (const deviceId of [name, [name], { exact: name }, { ideal: [name] }]) {
      const stream = await mediaDevices.getUserMedia({ video: { deviceId } });
      const [track] = stream.getVideoTracks();
      expect(track?.label).toBe("Camera Two");
      expect(track?.getConstraints()).toEqual({ deviceId });
      await track?.applyConstraints({ deviceId: { exact: name }, width: 640 });
    }
    const other = { deviceId: { exact: "label:three" } };
    await expect(mediaDevices.getUserMedia({ video: other })).rejects.toMatchObject({
      constraint: "deviceId",
    });
  });

  it("takes the nearest of the devices whose labels have the part", async () => {
    const { mediaDevices } = fakeWorld([camera, secondCamera]);
    const video = { deviceId: { exact: "label:camera" }, facingMode: "environment" };
    const stream = await mediaDevices.getUserMedia({ video });
    expect(stream.getVideoTracks()[0]?.label).toBe("Camera Two");
  });

  it("tries the next device when the nearest is busy", async () => {
    const { engine, mediaDevices } = fakeWorld([camera, secondCamera]);
    engine.openFailures.set(camera.hardwareId, "busy");
    const stream = await mediaDevices.getUserMedia({ video: true });
    expect(stream.getTracks()[0]?.label).toBe("Camera Two");
  });

  it.each([
    ["busy", "NotReadableError"],
    ["failed", "AbortError"],
    ["not-allowed", "NotAllowedError"],
    ["not-found", "NotFoundError"],
    ["missing-dependency", "NotReadableError"],
  ] as const)("rejects with the error of a device that is %s: %s", async (code, name) => {
    const { engine, mediaDevices } = fakeWorld();
    engine.openFailures.set(camera.hardwareId, code);
    await expect(mediaDevices.getUserMedia({ audio: true, video: true })).rejects.toMatchObject({
      name,
      message: `Camera One is ${code}`,
    });
    expect(engine.liveCount).toBe(0);
  });

  it("rejects with NotAllowedError when the user denies, and opens nothing", async () => {
    const { engine, mediaDevices, permission } = fakeWorld();
    permission.deny("camera");
    await expect(mediaDevices.getUserMedia({ audio: true, video: true })).rejects.toMatchObject({
      name: "NotAllowedError",
    });
    expect(engine.opened).toEqual([]);
  });

  it("doesn't tell a denied kind from one that is missing or can't meet the constraints", async () => {
    const { mediaDevices, permission } = fakeWorld([camera]);
    permission.deny("microphone");
    const missing = mediaDevices.getUserMedia({ audio: true });
    await expect(missing).rejects.toMatchObject({ name: "NotAllowedError" });
    permission.deny("camera");
    const impossible = mediaDevices.getUserMedia({ video: { width: { min: 100_000 } } });
    await expect(impossible).rejects.toMatchObject({ name: "NotAllowedError" });
  });

  it("opens the device that the user picked", async () => {
    const { engine, mediaDevices, permission } = fakeWorld([camera, secondCamera]);
    const second = engine.devices[1]?.key ?? "";
    vi.spyOn(permission, "request").mockResolvedValue([
      { name: "camera", state: "granted", deviceKey: second },
    ]);
    const stream = await mediaDevices.getUserMedia({ video: true });
    expect(stream.getTracks()[0]?.label).toBe("Camera Two");
  });

  it("asks once for both kinds, the nearest devices first", async () => {
    const { engine, mediaDevices, permission } = fakeWorld([camera, secondCamera, microphone]);
    const request = vi.spyOn(permission, "request");
    await mediaDevices.getUserMedia({ audio: true, video: { facingMode: "environment" } });
    expect(request).toHaveBeenCalledOnce();
    const kinds = request.mock.calls[0]?.[0].kinds ?? [];
    expect(kinds.map(({ devices, name }) => [name, devices.map(({ label }) => label)])).toEqual([
      ["microphone", ["Microphone One"]],
      ["camera", ["Camera Two", "Camera One"]],
    ]);
    expect(engine.opened.map(({ device }) => device.description.label)).toContain("Camera Two");
  });

  it("asks no more for a device that is live already", async () => {
    const { mediaDevices, permission } = fakeWorld();
    await mediaDevices.getUserMedia({ video: true });
    const request = vi.spyOn(permission, "request");
    await mediaDevices.getUserMedia({ video: true });
    expect(request).not.toHaveBeenCalled();
  });

  it("waits until the document is in view and focused", async () => {
    const gates: (() => void)[] = [];
    const gate = (): Promise<void> => new Promise<void>((resolve) => void gates.push(resolve));
    const { engine, mediaDevices } = fakeWorld(undefined, { whenInView: gate, whenFocused: gate });
    const asked = mediaDevices.getUserMedia({ video: true });
    await tasks();
    expect(gates.length).toBe(1);
    gates[0]?.();
    await tasks();
    expect(engine.opened).toEqual([]);
    gates[1]?.();
    await expect(asked).resolves.toBeInstanceOf(MediaStream);
  });

  it("fails in a document that isn't active, or whose policy forbids it", async () => {
    const inactive = fakeWorld(undefined, { isFullyActive: () => false });
    await expect(inactive.mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
      name: "InvalidStateError",
    });
    const forbidden = fakeWorld(undefined, { isAllowedToUse: (feature) => feature !== "camera" });
    await expect(forbidden.mediaDevices.getUserMedia({ video: true })).rejects.toMatchObject({
      name: "NotAllowedError",
    });
    await expect(forbidden.mediaDevices.getUserMedia({ audio: true })).resolves.toBeDefined();
  });
});

const callback = (): void => undefined;

describe("navigator.getUserMedia()", () => {
  it.each(["getUserMedia", "webkitGetUserMedia", "mozGetUserMedia"] as const)(
    "%s returns undefined at once and calls the success callback later, once",
    async (name) => {
      const { navigator } = fakeWorld();
      const onSuccess = vi.fn<(stream: MediaStream) => void>();
      const onError = vi.fn<() => void>();
      expect(navigator[name]({ audio: true, video: true }, onSuccess, onError)).toBeUndefined();
      expect(onSuccess).not.toHaveBeenCalled();
      await vi.waitFor(() => expect(onSuccess).toHaveBeenCalledOnce());
      await tasks();
      expect(onSuccess.mock.calls[0]?.[0]).toBeInstanceOf(MediaStream);
      expect(onSuccess).toHaveBeenCalledOnce();
      expect(onError).not.toHaveBeenCalled();
    },
  );

  it("calls the error callback later, once", async () => {
    const { navigator } = fakeWorld([]);
    const onSuccess = vi.fn<() => void>();
    const onError = vi.fn<(error: DOMException) => void>();
    navigator.getUserMedia({ video: true }, onSuccess, onError);
    expect(onError).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0].name).toBe("NotFoundError");
    expect(onSuccess).not.toHaveBeenCalled();
  });

  it("gives the TypeError of an empty request to the error callback", async () => {
    const { navigator } = fakeWorld();
    const onError = vi.fn<(error: DOMException) => void>();
    expect(navigator.getUserMedia({}, () => undefined, onError)).toBeUndefined();
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toBeInstanceOf(TypeError);
  });

  it("calls neither while the user is undecided", async () => {
    const { navigator, permission } = fakeWorld();
    permission.dismiss();
    const callback = vi.fn<() => void>();
    navigator.getUserMedia({ video: true }, callback, callback);
    await tasks();
    expect(callback).not.toHaveBeenCalled();
    permission.grant();
    await vi.waitFor(() => expect(callback).toHaveBeenCalledOnce());
  });

  it.each<{ values: unknown[] }>([
    { values: [] },
    { values: [{ video: true }] },
    { values: [{ video: true }, callback] },
    { values: [{ video: true }, callback, null] },
    { values: [{ video: true }, {}, callback] },
    { values: ["video", callback, callback] },
  ])("throws a TypeError for the arguments $values", ({ values }) => {
    const { navigator } = fakeWorld();
    const call = navigator.getUserMedia as (...values: unknown[]) => void;
    expect(() => call.apply(navigator, values)).toThrow(TypeError);
  });

  it("reports what a callback throws, and calls no other one", async () => {
    const reported = vi.fn<(error: unknown) => void>();
    const { navigator } = fakeWorld(undefined, { reportException: reported });
    const onError = vi.fn<() => void>();
    const fault = new Error("a bug of the page");
    navigator.getUserMedia(
      { video: true },
      () => {
        throw fault;
      },
      onError,
    );
    await vi.waitFor(() => expect(reported).toHaveBeenCalledWith(fault));
    expect(onError).not.toHaveBeenCalled();
  });
});
