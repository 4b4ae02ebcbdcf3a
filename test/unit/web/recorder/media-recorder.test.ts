import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { DeviceError } from "../../../../src/contract/device-error.ts";
import { BlobEvent } from "../../../../src/web/recorder/blob-event.ts";
import { createRealm, interfacesOf } from "../../../../src/web/create-realm.ts";
import { createTrack } from "../../../../src/web/track/create-track.ts";
import { ErrorEvent } from "../../../../src/web/recorder/error-event.ts";
import { MediaRecorder } from "../../../../src/web/recorder/media-recorder.ts";
import type { MediaRecorderOptions } from "../../../../src/web/recorder/media-recorder-options.ts";
import { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import { encodedFixture } from "../../../support/encoded-fixture.ts";
import type { EncodedFixture } from "../../../support/encoded-fixture.ts";
import { ReplayedTrack } from "../../../support/replayed-track.ts";

let fixture: EncodedFixture;
let nowUs = 0;
const realm = createRealm({
  clock: {
    nowUs: () => nowUs,
    wallMs: () => nowUs / 1000,
    setTimeout: () => () => {},
  },
});

beforeAll(async () => {
  fixture = await encodedFixture("webm", 2);
});
afterEach(() => {
  nowUs = 0;
});

/** A recorder of replayed tracks, with a log of its events and of its state in each. */
function recorderOf(kinds: readonly ("audio" | "video")[], options?: MediaRecorderOptions) {
  const tracks = kinds.map((kind) => new ReplayedTrack(kind, fixture[kind]));
  const stream = new MediaStream(tracks.map((track) => createTrack(realm, track)));
  const recorder = new MediaRecorder(stream, options);
  const log: string[] = [];
  const blobs: BlobEvent[] = [];
  const errors: ErrorEvent[] = [];
  for (const type of ["start", "stop", "dataavailable", "pause", "resume", "error"]) {
    recorder.addEventListener(type, (event) => {
      log.push(`${type} ${recorder.state}`);
      if (event instanceof BlobEvent) blobs.push(event);
      if (event instanceof ErrorEvent) errors.push(event);
    });
  }
  const play = (seconds: number): void => {
    nowUs = seconds * 1e6;
    for (const track of tracks) track.playUntil(nowUs);
  };
  const event = (type: string): Promise<Event> =>
    new Promise((resolve) => {
      recorder.addEventListener(type, resolve, { once: true });
    });
  return { tracks, stream, recorder, log, blobs, errors, play, event };
}

describe("A new MediaRecorder", () => {
  test("is inactive, without a type of its own", () => {
    const { recorder, stream } = recorderOf(["video"]);
    expect(recorder.state).toBe("inactive");
    expect(recorder.mimeType).toBe("");
    expect(recorder.stream).toBe(stream);
    expect(recorder.audioBitrateMode).toBe("variable");
  });

  test("keeps the type that it was given as it was written", () => {
    const mimeType = 'video/webm; codecs="vp8, opus"';
    expect(recorderOf(["video"], { mimeType }).recorder.mimeType).toBe(mimeType);
  });

  test("refuses a type that can't be recorded", () => {
    expect(() => new MediaRecorder(new MediaStream(), { mimeType: "video/invalid" })).toThrow(
      expect.objectContaining({ name: "NotSupportedError" }),
    );
  });

  test("refuses what is no stream, and what is no bitrate mode", () => {
    expect(() => Reflect.construct(MediaRecorder, [])).toThrow(TypeError);
    expect(() => Reflect.construct(MediaRecorder, [{}])).toThrow(TypeError);
    const options = { audioBitrateMode: "banana" };
    expect(() => Reflect.construct(MediaRecorder, [new MediaStream(), options])).toThrow(TypeError);
  });

  test("knows its bitrates", () => {
    const { recorder } = recorderOf(["video"], { audioBitsPerSecond: 0, videoBitsPerSecond: 7 });
    expect([recorder.audioBitsPerSecond, recorder.videoBitsPerSecond]).toEqual([0, 7]);
  });
});

describe("Calls in a state that doesn't allow them", () => {
  test.each(["pause", "resume", "requestData"] as const)("%s() throws while inactive", (method) => {
    const { recorder } = recorderOf(["video"]);
    expect(() => recorder[method]()).toThrow(
      expect.objectContaining({ name: "InvalidStateError" }),
    );
  });

  test("stop() does nothing while inactive", async () => {
    const { recorder, log } = recorderOf(["video"]);
    recorder.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual([]);
  });

  test("start() throws while recording, and for a stream without live tracks", () => {
    const { recorder } = recorderOf(["video"]);
    recorder.start();
    expect(() => recorder.start()).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
    recorder.stop();
    expect(() => new MediaRecorder(new MediaStream()).start()).toThrow(
      expect.objectContaining({ name: "NotSupportedError" }),
    );
  });

  test("start() throws for tracks that the container can't hold", () => {
    const { recorder } = recorderOf(["video", "audio"], { mimeType: "audio/webm" });
    expect(() => recorder.start()).toThrow(expect.objectContaining({ name: "NotSupportedError" }));
    expect(recorder.state).toBe("inactive");
  });

  test("two kinds of key frame interval are refused", () => {
    const options = { videoKeyFrameIntervalCount: 30, videoKeyFrameIntervalDuration: 1000 };
    expect(() => recorderOf(["video"], options)).toThrow(
      expect.objectContaining({ name: "NotSupportedError" }),
    );
  });
});

describe("Events", () => {
  test("come in order: start, pause, resume, dataavailable, stop", async () => {
    const { recorder, log, play, blobs, event } = recorderOf(["video", "audio"]);
    recorder.start();
    expect([recorder.state, recorder.mimeType]).toEqual(["recording", ""]);
    await event("start");
    expect(recorder.mimeType).toBe("video/webm;codecs=vp8,opus");
    play(0.5);
    recorder.pause();
    recorder.pause();
    expect(recorder.state).toBe("paused");
    await event("pause");
    recorder.resume();
    recorder.resume();
    await event("resume");
    play(1);
    recorder.stop();
    expect(recorder.state).toBe("inactive");
    await event("stop");
    expect(recorder.mimeType).toBe("video/webm;codecs=vp8,opus");
    expect(log).toEqual([
      "start recording",
      "pause paused",
      "resume recording",
      "dataavailable inactive",
      "stop inactive",
    ]);
    expect(blobs[0]?.data.size).toBeGreaterThan(1_000);
    expect(blobs[0]?.data.type).toBe("video/webm;codecs=vp8,opus");
    expect(blobs[0]?.timecode).toBe(0);
  });

  test("come in order when everything is called at once", async () => {
    const { recorder, log, event } = recorderOf(["video"]);
    recorder.start();
    recorder.pause();
    recorder.resume();
    recorder.requestData();
    recorder.stop();
    await event("stop");
    expect(log.map((entry) => entry.split(" ")[0])).toEqual([
      "start",
      "pause",
      "resume",
      "dataavailable",
      "dataavailable",
      "stop",
    ]);
  });

  test("of one recording are over before those of the next", async () => {
    const { recorder, log, event } = recorderOf(["video"]);
    recorder.start();
    recorder.stop();
    recorder.start();
    recorder.stop();
    await event("stop");
    await event("stop");
    expect(log.map((entry) => entry.split(" ")[0])).toEqual([
      "start",
      "dataavailable",
      "stop",
      "start",
      "dataavailable",
      "stop",
    ]);
  });

  test("have their handler attributes", async () => {
    const { recorder } = recorderOf(["video"]);
    const started = new Promise((resolve) => {
      recorder.onstart = resolve;
    });
    recorder.start();
    expect(await started).toMatchObject({ type: "start" });
    expect(recorder.onstop).toBeNull();
    recorder.stop();
  });
});

describe("Data", () => {
  test("comes in slices which are the file together", async () => {
    const whole = recorderOf(["video", "audio"]);
    const sliced = recorderOf(["video", "audio"]);
    for (const { recorder, event, play } of [whole, sliced]) {
      nowUs = 0;
      recorder.start(recorder === sliced.recorder ? 500 : undefined);
      await event("start");
      for (let seconds = 0.1; seconds < 2.1; seconds += 0.1) {
        play(seconds);
        for (let turn = 0; turn < 10; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      recorder.stop();
      await event("stop");
    }
    expect(whole.blobs).toHaveLength(1);
    expect(sliced.blobs.length).toBeGreaterThan(3);
    const timecodes = sliced.blobs.map(({ timecode }) => timecode);
    expect(timecodes).toEqual(timecodes.toSorted((a, b) => a - b));
    expect(timecodes[0]).toBe(0);
    expect(timecodes.at(-1)).toBeGreaterThan(1_000);
    const size = (events: readonly BlobEvent[]): number =>
      events.reduce((sum, { data }) => sum + data.size, 0);
    expect(size(sliced.blobs)).toBe(size(whole.blobs));
  });

  test("is given at once when it is asked for", async () => {
    const { recorder, blobs, event, play } = recorderOf(["video"]);
    recorder.start();
    await event("start");
    play(1);
    recorder.requestData();
    await event("dataavailable");
    expect(recorder.state).toBe("recording");
    expect(blobs).toHaveLength(1);
    recorder.stop();
    await event("stop");
  });
});

describe("The recording ends by itself", () => {
  test("when every track was stopped, in a task of its own", async () => {
    const { recorder, stream, log, event } = recorderOf(["video", "audio"]);
    recorder.start();
    await event("start");
    for (const track of stream.getTracks()) track.stop();
    expect(recorder.state).toBe("recording");
    await event("stop");
    expect(log).toEqual(["start recording", "dataavailable inactive", "stop inactive"]);
  });

  test("when the device was unplugged, and all of it is there", async () => {
    const { recorder, tracks, blobs, log, event, play } = recorderOf(["video"]);
    recorder.start();
    await event("start");
    play(1);
    tracks[0]?.unplug();
    await event("stop");
    expect(log.at(-1)).toBe("stop inactive");
    expect(blobs[0]?.data.size).toBeGreaterThan(10_000);
  });

  test("without a second end when stop() is called meanwhile", async () => {
    const { recorder, stream, log, event } = recorderOf(["video"]);
    recorder.start();
    await event("start");
    stream.getTracks()[0]?.stop();
    recorder.stop();
    await event("stop");
    for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual(["start recording", "dataavailable inactive", "stop inactive"]);
  });

  test.each(["addTrack", "removeTrack"] as const)("with an error after %s()", async (method) => {
    const { recorder, stream, log, errors, event } = recorderOf(["video"]);
    const other = createTrack(realm, new ReplayedTrack("audio"));
    recorder.start();
    const [track] = stream.getTracks();
    if (!track) throw new Error("no track");
    stream[method](method === "addTrack" ? other : track);
    expect(recorder.state).toBe("recording");
    await event("stop");
    expect(log).toEqual([
      "start recording",
      "error inactive",
      "dataavailable inactive",
      "stop inactive",
    ]);
    expect(errors[0]?.error).toMatchObject({ name: "InvalidModificationError" });
  });

  test("without an error when stop() follows the removal of a track", async () => {
    const { recorder, stream, log, event } = recorderOf(["video", "audio"]);
    recorder.start();
    await event("start");
    for (const track of stream.getAudioTracks()) stream.removeTrack(track);
    recorder.stop();
    await event("stop");
    expect(log.some((entry) => entry.startsWith("error"))).toBe(false);
  });

  test("with an UnknownError when an encoder fails", async () => {
    const { recorder, tracks, log, errors, event } = recorderOf(["video"]);
    recorder.start();
    await event("start");
    tracks[0]?.fail(new DeviceError("failed", "the encoder crashed"));
    await event("stop");
    expect(log.slice(1)).toEqual(["error inactive", "dataavailable inactive", "stop inactive"]);
    expect(errors[0]).toMatchObject({ message: "the encoder crashed" });
    expect(errors[0]?.error).toMatchObject({ name: "UnknownError" });
  });

  test("with a NotSupportedError when the library that encodes is missing", async () => {
    const { recorder, tracks, log, errors, event } = recorderOf(["video"]);
    const [track] = tracks;
    if (track) track.refusal = new DeviceError("missing-dependency", "npm install node-av");
    recorder.start();
    await event("stop");
    expect(log[0]).toBe("error inactive");
    expect(errors[0]?.error).toMatchObject({ name: "NotSupportedError" });
  });
});

describe("A recorder whose error nobody listens to", () => {
  const failed = async (listen: (recorder: MediaRecorder) => void): Promise<string[]> => {
    const { tracks, stream } = recorderOf(["video"]);
    const [track] = tracks;
    if (track) track.refusal = new DeviceError("failed", "the encoder crashed");
    const recorder = new MediaRecorder(stream);
    const warnings: string[] = [];
    const warn = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", warn);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    listen(recorder);
    recorder.start();
    await stopped;
    process.off("warning", warn);
    return warnings;
  };

  test("is a warning of the process", async () => {
    expect(await failed(() => {})).toEqual([expect.stringContaining("the encoder crashed")]);
  });

  test("is none where the error event has a listener or a handler", async () => {
    expect(await failed((recorder) => (recorder.onerror = () => {}))).toEqual([]);
    expect(await failed((recorder) => recorder.addEventListener("error", () => {}))).toEqual([]);
  });
});

describe("Where nothing encodes", () => {
  const withoutCodecs = createRealm({
    EventTarget: class extends EventTarget {},
    codecs: () => ({
      isSupported: () => false,
      missing: "Install it: npm install it",
      openEncoder: () => Promise.reject(new Error()),
    }),
  });
  const Recorder = interfacesOf(withoutCodecs)["MediaRecorder"] as unknown as typeof MediaRecorder;

  test("no type is supported", () => {
    expect(Recorder.isTypeSupported("video/webm;codecs=vp8")).toBe(false);
    expect(MediaRecorder.isTypeSupported("video/webm;codecs=vp8")).toBe(true);
  });

  test("a recorder is refused as it is made, with what to install", () => {
    const { stream } = recorderOf(["video"]);
    expect(() => new Recorder(stream)).toThrow("npm install it");
    expect(() => new Recorder(stream)).toThrow(
      expect.objectContaining({ name: "NotSupportedError" }) as Error,
    );
  });
});
