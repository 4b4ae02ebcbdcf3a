import type { DOMWindow } from "jsdom";
import { ProgramSource } from "../../../src/engine/source/program-source.ts";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import { AudioData } from "../../../src/media/audio-data.ts";
import { createTrack } from "../../../src/web/track/create-track.ts";
import { mediaStreamBrand } from "../../../src/web/stream/media-stream-slots.ts";
import type { MediaStream } from "../../../src/web/stream/media-stream.ts";
import { mediaStreamTrackBrand } from "../../../src/web/track/media-stream-track-slots.ts";
import type { Realm } from "../../../src/web/realm/realm.ts";
import { createObject } from "../../../src/webidl/create-object.ts";
import { firstChannel } from "../../support/first-channel.ts";

const SAMPLE_RATE = 48_000;
const BLOCK_MS = 10;
const BLOCK_FRAMES = (SAMPLE_RATE * BLOCK_MS) / 1000;

/** What flows between nodes: the samples of one channel. */
type Listener = (samples: Float32Array) => void;

/**
 * As much of Web Audio as tests of capture need to have something to capture: jsdom has none, and it
 * is not what is tested.
 */
export function addAudioContext(window: DOMWindow, realm: Realm): void {
  class AudioContext {
    readonly sampleRate = SAMPLE_RATE;
    readonly destination = new AudioNode();
    readonly #timers = new Set<NodeJS.Timeout>();

    createOscillator(): AudioNode {
      const node = new AudioNode();
      let phase = 0;
      node.start = () => {
        this.#every(BLOCK_MS, () => {
          const samples = Float32Array.from({ length: BLOCK_FRAMES }, () => {
            phase += (2 * Math.PI * 440) / SAMPLE_RATE;
            return Math.sin(phase);
          });
          node.emit(samples);
        });
      };
      return node;
    }

    createMediaStreamDestination(): AudioNode & { stream: MediaStream } {
      const source = new ProgramSource("audio", "", {
        clock: systemClock,
        codecs: realm.codecs?.(),
      });
      const settings = { sampleRate: SAMPLE_RATE, channelCount: 2, sampleSize: 32 };
      const track = createTrack(realm, source.openTrack(settings));
      const id = crypto.randomUUID();
      const stream = createObject(realm, mediaStreamBrand, { realm, id, tracks: new Set([track]) });
      const silence = new Float32Array(BLOCK_FRAMES);
      const node = Object.assign(new AudioNode(), { stream });
      node.receive = (samples) => source.push(stereo(samples));
      this.#every(BLOCK_MS, () => {
        if (!node.hasInput) source.push(stereo(silence));
      });
      return node;
    }

    createMediaStreamSource(stream: MediaStream): AudioNode {
      const node = new AudioNode();
      const [track] = stream.getAudioTracks();
      if (!track) throw new realm.DOMException("The stream has no audio.", "InvalidStateError");
      mediaStreamTrackBrand.slotsOf(track).track.connect({
        frame(frame) {
          node.emit(firstChannel(frame));
        },
      });
      return node;
    }

    createScriptProcessor(): AudioNode {
      const node = new AudioNode();
      node.receive = (samples) => {
        const buffer = { getChannelData: () => samples };
        const output = { getChannelData: () => new Float32Array(samples.length) };
        node.onaudioprocess?.({ inputBuffer: buffer, outputBuffer: output });
      };
      return node;
    }

    close(): Promise<void> {
      for (const timer of this.#timers) clearInterval(timer);
      return realm.Promise.resolve();
    }

    #every(delayMs: number, step: () => void): void {
      const timer = setInterval(() => (window.closed ? clearInterval(timer) : step()), delayMs);
      this.#timers.add(timer.unref());
    }
  }
  // Tests ask for the second to see whether there is something to capture.
  for (const value of [AudioContext, MediaStreamAudioDestinationNode]) {
    Object.defineProperty(window, value.name, { value, configurable: true });
  }
}

class AudioNode {
  readonly frequency = { value: 440 };
  readonly gain = { value: 1 };
  hasInput = false;
  onaudioprocess: ((event: object) => void) | null = null;
  readonly #listeners = new Set<Listener>();

  connect(target: AudioNode): AudioNode {
    target.hasInput = true;
    this.#listeners.add((samples) => target.receive(samples));
    return target;
  }

  disconnect(): void {
    this.#listeners.clear();
  }

  emit(samples: Float32Array): void {
    for (const listener of this.#listeners) listener(samples);
  }

  receive(samples: Float32Array): void {
    this.emit(samples);
  }

  start(): void {}

  stop(): void {}
}

class MediaStreamAudioDestinationNode extends AudioNode {}

function stereo(samples: Float32Array): AudioData {
  const data = new Float32Array(samples.length * 2);
  data.set(samples, 0);
  data.set(samples, samples.length);
  return new AudioData({
    format: "f32-planar",
    sampleRate: SAMPLE_RATE,
    numberOfChannels: 2,
    numberOfFrames: samples.length,
    timestamp: systemClock.nowUs(),
    data,
  });
}
