import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

import { probe } from "../support/probe.ts";
import { runExample } from "../support/run-example.ts";
import { missingCommands } from "../support/sound-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A quiet room in which somebody says two things, a second and a half apart. */
function makeSpeech(folder: string): string {
  const said = ["Good morning, is anybody there?", "Then I will record this alone."];
  said.forEach((text, index) => {
    execFileSync("espeak-ng", ["-w", join(folder, `said-${index}.wav`), text]);
  });
  const parts = said.map((_text, index) => join(folder, `said-${index}.wav`));
  const path = join(folder, "speech.wav");
  const room = "anoisesrc=color=pink:amplitude=0.003:sample_rate=48000";
  const mix =
    "[0:a]aresample=48000,adelay=1000,apad=pad_dur=1.5[a];" +
    "[1:a]aresample=48000,apad=pad_dur=1.5[b];[a][b]concat=n=2:v=0:a=1[speech];" +
    "[speech][2:a]amix=inputs=2:duration=first:normalize=0[out]";
  execFileSync("ffmpeg", [
    ...["-v", "error", "-i", parts[0] ?? "", "-i", parts[1] ?? "", "-f", "lavfi", "-i", room],
    ...["-filter_complex", mix, "-map", "[out]", "-ac", "1", path],
  ]);
  return path;
}

/** Seconds of a file. */
async function lengthOf(path: string): Promise<number> {
  return (await probe(path)).durationS;
}

test("Each thing that is said becomes a WAV file of 16 kHz, mono", async (context) => {
  const reason = missingCommands("espeak-ng", "ffmpeg");
  if (reason !== undefined) context.skip(reason);
  const folder = temporaryFolder();
  const file = makeSpeech(folder);
  const printed = await runExample("voice-activity.mjs", ["clips", "2"], { cwd: folder, file });
  const clips = printed.filter((line) => line.endsWith(".wav"));
  expect(clips).toEqual([join("clips", "clip-001.wav"), join("clips", "clip-002.wav")]);
  for (const [index, clip] of clips.entries()) {
    const { formatName, streams } = await probe(join(folder, clip));
    expect(formatName).toBe("wav");
    expect(streams).toMatchObject([{ codec_name: "pcm_s16le", sample_rate: "16000", channels: 1 }]);
    // The speech, what leads in, and the quiet that ends it.
    const saidS = await lengthOf(join(folder, `said-${index}.wav`));
    const clipS = await lengthOf(join(folder, clip));
    expect(clipS).toBeGreaterThan(saidS * 0.7);
    expect(clipS).toBeLessThan(saidS + 1.2);
  }
});
