import type { GraphContext } from "./graph.ts";

export const SOURCE_PROCESSOR = "usermedia-source";
export const DESTINATION_PROCESSOR = "usermedia-destination";

/**
 * What runs in the graph's own thread. The source keeps a little sound ahead, as the two clocks
 * differ and messages come in their own time: with too little it waits in silence until there is
 * enough again, with too much it leaves out the oldest.
 */
const SCRIPT = `
registerProcessor("${SOURCE_PROCESSOR}", class extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    Object.assign(this, processorOptions, { pieces: [], available: 0, at: 0, isPlaying: false });
    this.port.onmessage = ({ data }) => {
      this.pieces.push(data);
      this.available += data.length / this.channels;
      if (this.available > this.mostFrames) this.skip(this.available - this.leadFrames);
    };
  }
  skip(frames) {
    for (let left = Math.min(frames, this.available); left > 0; ) {
      const count = Math.min(left, this.pieces[0].length / this.channels - this.at);
      this.take(count);
      left -= count;
    }
  }
  take(count) {
    this.at += count;
    this.available -= count;
    if (this.at * this.channels < this.pieces[0].length) return;
    this.pieces.shift();
    this.at = 0;
  }
  process(_inputs, [output]) {
    this.isPlaying ||= this.available >= this.leadFrames;
    if (!this.isPlaying) return true;
    const length = output[0].length;
    for (let frame = 0; frame < length && this.available > 0; frame++) {
      const start = this.at * this.channels;
      for (let channel = 0; channel < output.length; channel++) {
        output[channel][frame] = this.pieces[0][start + channel];
      }
      this.take(1);
    }
    if (this.available === 0) this.isPlaying = false;
    return true;
  }
});
registerProcessor("${DESTINATION_PROCESSOR}", class extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    Object.assign(this, processorOptions, { length: 0 });
    this.samples = new Float32Array(this.pieceFrames * this.channels);
  }
  process([input]) {
    const frames = 128;
    for (let channel = 0; channel < this.channels; channel++) {
      const start = channel * this.pieceFrames + this.length;
      if (input[channel]) this.samples.set(input[channel], start);
      else this.samples.fill(0, start, start + frames);
    }
    this.length += frames;
    if (this.length === this.pieceFrames) {
      const first = Number(currentFrame) + frames - this.length;
      this.port.postMessage({ first, samples: this.samples.slice() });
      this.length = 0;
    }
    return true;
  }
});
`;

const added = new WeakMap<GraphContext, Promise<unknown>>();

/** Makes the processors known to the context; once for each. */
export async function addProcessors(context: GraphContext): Promise<void> {
  let adding = added.get(context);
  if (adding === undefined) {
    const url = URL.createObjectURL(new Blob([SCRIPT], { type: "text/javascript" }));
    adding = context.audioWorklet.addModule(url).finally(() => URL.revokeObjectURL(url));
    added.set(context, adding);
  }
  await adding;
}
