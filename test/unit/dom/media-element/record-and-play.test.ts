import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { SyntheticBackend } from "../../../../src/backends/synthetic/index.ts";
import { installMediaCapture } from "../../../../src/dom/index.ts";
import { systemClock } from "../../../../src/engine/clock/system-clock.ts";
import type { AudioData } from "../../../../src/media/audio-data.ts";
import { openFrameCount } from "../../../../src/media/open-frames.ts";
import type { VideoFrame } from "../../../../src/media/video-frame.ts";
import type { BlobEvent } from "../../../../src/web/recorder/blob-event.ts";
import type { MediaRecorder } from "../../../../src/web/recorder/media-recorder.ts";
import { mediaStreamTrackBrand } from "../../../../src/web/track/media-stream-track-slots.ts";
import type { MediaStreamTrack } from "../../../../src/web/track/media-stream-track.ts";
import type { MediaStream } from "../../../../src/web/stream/media-stream.ts";
import { decodeMarks } from "../../../support/decode.ts";
import { notePictures, type PlayerWindow } from "../../../support/dom-player.ts";
import { granting, nextEvent, windows } from "../../../support/dom-windows.ts";
import { readFrameMark } from "../../../support/read-frame-mark.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { until } from "../../../support/until.ts";

const size = { width: 320, height: 240 };

/** Everything that a track gives, to be closed by the test. */
function takeFrames(track: MediaStreamTrack | undefined): (VideoFrame | AudioData)[] {
  const frames: (VideoFrame | AudioData)[] = [];
  const engineTrack = track && mediaStreamTrackBrand.slotsOf(track).track;
  engineTrack?.connect({ frame: (frame) => void frames.push(frame) });
  return frames;
}

async function markOf(frame: VideoFrame): Promise<number | undefined> {
  const data = new Uint8Array(frame.allocationSize());
  await frame.copyTo(data);
  return readFrameMark({ data, ...size })?.number;
}

describe.each(Object.entries(windows))("a recording in a window of %s", (_name, make) => {
  it("plays in a video element, whose captured stream has all of its pictures and sound", async () => {
    const window = make() as PlayerWindow;
    const backends = [new SyntheticBackend({ clock: systemClock })];
    const capture = installMediaCapture(window, { backends, permission: granting });
    onTestFinished(async () => {
      await capture.close();
      expect(openFrameCount()).toBe(0);
    });
    const video = window.document.querySelector("video");
    const constraints = { video: size, audio: true };
    const stream: MediaStream = await capture.mediaDevices.getUserMedia(constraints);
    const Recorder = Reflect.get(window, "MediaRecorder") as typeof MediaRecorder;
    const recorder = new Recorder(stream);
    const recorded = nextEvent(recorder, "dataavailable");
    video.srcObject = stream;
    await video.play();
    recorder.start();
    await nextEvent(recorder, "start");
    const shown = notePictures(video);
    await until(() => shown.length >= 30);
    recorder.stop();
    const { data } = (await recorded) as BlobEvent;
    for (const track of stream.getTracks()) track.stop();

    video.srcObject = null;
    const captured = video.captureStream();
    video.src = window.URL.createObjectURL(data);
    await nextEvent(captured, "addtrack");
    const pictures = takeFrames(captured.getVideoTracks()[0]);
    const sounds = takeFrames(captured.getAudioTracks()[0]);
    onTestFinished(() => {
      for (const frame of [...pictures, ...sounds]) frame.close();
    });
    await nextEvent(video, "canplay");
    expect(video.duration).toBeGreaterThan(0.9);
    await video.play();
    await nextEvent(video, "ended");
    expect(captured.getTracks()).toEqual([]);

    const file = join(temporaryFolder(), "recording.webm");
    writeFileSync(file, new Uint8Array(await data.arrayBuffer()));
    const numbers = (await decodeMarks(file, size)).map(({ mark }) => mark?.number);
    const given = await Promise.all(pictures.map((picture) => markOf(picture as VideoFrame)));
    expect([...new Set(given)]).toEqual(numbers);
    const soundUs = sounds.reduce((sum, sound) => sum + (sound.duration ?? 0), 0);
    expect(soundUs / 1e6).toBeCloseTo(video.duration, 0);
  });
});
