// `npm run soak -- --minutes 10`: records synthetic devices (encoders in a process of their own) and
// a file device (encoded beside its capture) at real time, reads frames and sound beside it, and
// tells how memory grows, how far picture and sound drift, and what was dropped.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { beepStarts, decodeMarks, decodeSound, flashStarts } from "../test/support/decode.ts";
import { makeMediaFile } from "../test/support/media-file.ts";
import { build } from "./setup.mjs";

const { values } = parseArgs({ options: { minutes: { type: "string", default: "60" } } });
const durationMs = Number(values.minutes) * 60_000;
const SAMPLE_MS = 5_000;
const FRAME_RATE = 30;
const SIZE = { width: 640, height: 480 };
/** How much of the recording's begin and end is decoded to compare sound and picture. */
const PART_S = 20;
/** Caches fill in the first minute, and in the first fifth of a short run. */
const WARM_UP_MS = Math.min(60_000, durationMs / 5);

build();
const { RecordingFile, frames, pcm } = await import("../dist/index.js");
const { createMediaCapture, syntheticDevices } = await import("../dist/backend.js");
const { createPermissionBroker } = await import("../dist/permission/index.js");
const { fileBackend } = await import("../dist/backends/file/file-backend.js");
const folder = mkdtempSync(join(tmpdir(), "usermedia-soak-"));
const path = join(folder, "soak.webm");
const clip = makeMediaFile(folder, { name: "clip.mkv", seconds: 10, frameRate: 15 });
const permission = createPermissionBroker({ environment: { USERMEDIA_PROMPT: "none" } });
const capture = createMediaCapture({ backends: [syntheticDevices()], permission });
const player = createMediaCapture({ backends: [fileBackend({ files: [clip] })], permission });

const played = await player.mediaDevices.getUserMedia({ audio: true, video: true });
const playedFile = await RecordingFile.open(join(folder, "played.mp4"));
const stream = await capture.mediaDevices.getUserMedia({
  audio: true,
  video: { ...SIZE, frameRate: FRAME_RATE },
});
const [video] = stream.getVideoTracks();
const [audio] = stream.getAudioTracks();
const file = await RecordingFile.open(path);
const recorder = file.record(stream);
const playedRecorder = playedFile.record(played);
const started = performance.now();
const counts = { frames: 0, samples: 0 };
const pictures = frames(video.clone(), { width: 160, format: "rgb24" });
pictures.on("data", () => (counts.frames += 1));
const sound = pcm(audio.clone(), { sampleRate: 16_000, channels: 1 });
sound.on("data", (piece) => (counts.samples += piece.length / 2));

const samples = [];
const sampler = setInterval(() => {
  const atMs = performance.now() - started;
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  const fds = readdirSync("/proc/self/fd").length;
  const processes = processesMb();
  samples.push({ atMs, processes, mb: sum(Object.values(processes)), heap, fds });
}, SAMPLE_MS);
await new Promise((resolve) => setTimeout(resolve, durationMs));
clearInterval(sampler);
const { deliveredFrames, discardedFrames, totalFrames } = video.stats;
const recordedMs = performance.now() - started;
const playedStats = played.getVideoTracks()[0].stats;
recorder.stop();
playedRecorder.stop();
await Promise.all([file.finished, playedFile.finished]);
const dropped = { pictures: pictures.dropped, sound: sound.dropped };
pictures.destroy();
sound.destroy();
const media = durations(path);
const playedMedia = durations(join(folder, "played.mp4"));
await capture.close();
await player.close();
const beepFromFlashMs = {
  first: await beepFromFlash(1),
  last: await beepFromFlash(Math.max(0, media.v - PART_S)),
};
rmSync(folder, { recursive: true });

const warm = samples.filter(({ atMs }) => atMs >= WARM_UP_MS);
const report = {
  minutes: Number((recordedMs / 60_000).toFixed(2)),
  memoryMb: { first: round(warm[0]?.mb), last: round(warm.at(-1)?.mb) },
  ofThat: Object.keys(warm[0]?.processes ?? {}).map(growthOf),
  heapMb: { first: round(warm[0]?.heap), last: round(warm.at(-1)?.heap) },
  memoryMbPerHour: perHour(warm),
  memoryNoiseMb: round(noise(warm)),
  descriptors: { first: warm[0]?.fds, last: warm.at(-1)?.fds },
  recorded: { videoS: media.v, audioS: media.a, beepFromFlashMs },
  played: {
    videoS: playedMedia.v,
    audioS: playedMedia.a,
    delivered: playedStats.deliveredFrames,
    dropped: playedStats.totalFrames - playedStats.deliveredFrames - playedStats.discardedFrames,
  },
  framesPerSecond: round((deliveredFrames * 1000) / recordedMs),
  frames: {
    due: Math.round((recordedMs * FRAME_RATE) / 1000),
    delivered: deliveredFrames,
    dropped: totalFrames - deliveredFrames - discardedFrames,
    total: totalFrames,
  },
  readers: { ...counts, dropped },
};
console.log(JSON.stringify(report, undefined, 2));
const growthMb = (report.memoryMbPerHour * recordedMs) / 3_600_000;
process.exitCode = growthMb <= Math.max(10, 3 * report.memoryNoiseMb) ? 0 : 1;

/**
 * What this process and its children have for themselves, MB by pid: shared libraries count
 * elsewhere, and as more or less when other programs that share them come and go.
 */
function processesMb() {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim();
  const pids = [process.pid, ...children.split(" ").filter((pid) => pid !== "")];
  return Object.fromEntries(pids.map((pid) => [pid, ownMb(pid)]));
}

/** How the memory of one of the processes grew. */
function growthOf(pid) {
  const points = warm.map(({ atMs, processes }) => ({ atMs, mb: processes[pid] ?? 0 }));
  const name = Number(pid) === process.pid ? "program" : `capture process ${pid}`;
  const [first, last] = [round(points[0].mb), round(points.at(-1).mb)];
  return { name, first, last, mbPerHour: perHour(points) };
}

function ownMb(pid) {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB/gm);
    return [...kilobytes].reduce((sum, [, kB]) => sum + Number(kB) / 1024, 0);
  } catch {
    return 0;
  }
}

/** MB per ms, by least squares. */
function slope(points) {
  const { meanMs, meanMb } = means(points);
  const over = sum(points.map(({ atMs, mb }) => (atMs - meanMs) * (mb - meanMb)));
  return over / sum(points.map(({ atMs }) => (atMs - meanMs) ** 2));
}

/** How far a sample is from the line, on average, MB. */
function noise(points) {
  const rate = slope(points);
  const { meanMs, meanMb } = means(points);
  const distances = points.map(({ atMs, mb }) => (mb - meanMb - rate * (atMs - meanMs)) ** 2);
  return Math.sqrt(sum(distances) / points.length);
}

function means(points) {
  return {
    meanMs: sum(points.map(({ atMs }) => atMs)) / points.length,
    meanMb: sum(points.map(({ mb }) => mb)) / points.length,
  };
}

/** Where the last packet of picture and sound ends, s. */
function durations(path) {
  const last = (kind) => {
    const show = "-show_entries packet=pts_time,duration_time -of csv=p=0";
    const args = `-v error -select_streams ${kind}:0 ${show} ${path}`.split(" ");
    const lines = execFileSync("ffprobe", args, { encoding: "utf8", maxBuffer: 1 << 30 });
    const [at, length] = lines.trim().split("\n").at(-1).split(",").map(Number);
    return Number((at + (length || 0)).toFixed(3));
  };
  return { v: last("v"), a: last("a") };
}

/** ms from the flash to its beep, the median of a part of the recording that begins there. */
async function beepFromFlash(startS) {
  const part = join(folder, "part.mkv");
  // Decoded, since copied packets lose what says where sound begins.
  const codecs = "-c:v ffv1 -fps_mode passthrough -c:a pcm_f32le -af aresample=async=1:first_pts=0";
  const cut = `-v error -y -ss ${startS} -t ${PART_S} -i ${path} ${codecs} ${part}`;
  execFileSync("ffmpeg", cut.split(" "));
  const flashes = flashStarts(await decodeMarks(part, SIZE));
  const beeps = beepStarts(await decodeSound(part));
  const offsets = flashes.flatMap((flash) => {
    const nearest = beeps.map((beep) => (beep - flash) * 1000).toSorted(byDistance)[0];
    return nearest === undefined ? [] : [nearest];
  });
  return round(offsets.toSorted((one, other) => one - other)[offsets.length >> 1]);
}

function byDistance(one, other) {
  return Math.abs(one) - Math.abs(other);
}

function perHour(points) {
  return round(slope(points) * 3_600_000);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function round(value) {
  return Math.round(value * 100) / 100;
}
