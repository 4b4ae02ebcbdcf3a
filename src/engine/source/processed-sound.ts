import { adoptAudioData } from "../../media/adopt-frame.ts";
import { planarF32 } from "../../media/samples/audio-converter.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { SoundProcessing } from "../../media/sound-processing.ts";
import { mixChannels } from "../../media/samples/speaker-mix.ts";
import type { Speex } from "../../processing/speex.ts";
import type { SoundProcessor } from "../../processing/sound-processor.ts";

/** Who is given sound as it wants it processed. */
interface Listener {
  readonly processing: SoundProcessing | undefined;
  receive(data: AudioData): void;
}

interface Library {
  readonly speex: Speex;
  readonly SoundProcessor: typeof SoundProcessor;
}

/**
 * The sound of a microphone as each of its tracks wants it: every way of processing is done once,
 * however many tracks share it. What is processed is a voice, and so has one channel.
 */
export class ProcessedSound {
  #library: Library | undefined;
  readonly #processors = new Map<string, SoundProcessor>();

  /** Loads what processes sound. Until then it goes on as it is. */
  async prepare(): Promise<void> {
    if (this.#library !== undefined) return;
    const [{ loadSpeex }, { SoundProcessor }] = await Promise.all([
      import("../../processing/load-speex.ts"),
      import("../../processing/sound-processor.ts"),
    ]);
    this.#library = { speex: await loadSpeex(), SoundProcessor };
  }

  /** Gives everyone `data`, which stays the caller's, or what became of it. */
  deliver(data: AudioData, listeners: readonly Listener[]): void {
    if (listeners.every(({ processing }) => processing === undefined)) {
      this.clear();
      for (const listener of listeners) listener.receive(data);
      return;
    }
    const groups = groupsOf(listeners);
    this.#dropOthers(groups);
    for (const [key, group] of groups) {
      const processing = group[0]?.processing;
      const heard = processing === undefined ? data : this.#process(key, processing, data);
      if (heard === undefined) continue;
      for (const listener of group) listener.receive(heard);
      if (heard !== data) heard.close();
    }
  }

  /** Forgets what it heard. */
  clear(): void {
    this.#dropOthers(new Map());
  }

  #process(key: string, processing: SoundProcessing, data: AudioData): AudioData | undefined {
    if (this.#library === undefined) return data;
    const { speex, SoundProcessor } = this.#library;
    let processor = this.#processors.get(key);
    if (processor === undefined) {
      processor = new SoundProcessor(speex, processing);
      this.#processors.set(key, processor);
    }
    const [samples = new Float32Array()] = mixChannels(planarF32(data), 1);
    const { sampleRate, timestamp: timestampUs } = data;
    const sound = processor.process({ samples, sampleRate, timestampUs });
    return (
      sound &&
      adoptAudioData(new Uint8Array(sound.samples.buffer), {
        format: "f32-planar",
        sampleRate,
        numberOfFrames: sound.samples.length,
        numberOfChannels: 1,
        timestamp: sound.timestampUs,
      })
    );
  }

  #dropOthers(wanted: ReadonlyMap<string, unknown>): void {
    for (const [key, processor] of this.#processors) {
      if (wanted.has(key)) continue;
      processor.close();
      this.#processors.delete(key);
    }
  }
}

function groupsOf(listeners: readonly Listener[]): Map<string, Listener[]> {
  const groups = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const { processing } = listener;
    const key = processing ? `${processing.noiseSuppression} ${processing.autoGainControl}` : "";
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [listener]);
    else group.push(listener);
  }
  return groups;
}
