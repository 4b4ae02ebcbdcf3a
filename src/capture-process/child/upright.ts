import type { FilterContext, FilterGraph, Frame, Stream } from "node-av/lib";
import type { Native } from "./native.ts";

/** How a file says that its pictures are to be shown. */
export interface Presentation {
  /** FFmpeg's filters that turn or mirror what is coded, in their order. */
  readonly turns: readonly (readonly [name: string, options: string])[];
  /** Size of the turned picture with square pixels, in px. */
  readonly width: number;
  readonly height: number;
}

/**
 * Rotation and mirroring by the display matrix, then square pixels. As HTML asks for, a side grows
 * and none shrinks.
 *
 * @see https://html.spec.whatwg.org/multipage/media.html#dom-video-videowidth
 */
export function presentationOf(native: Native, stream: Stream): Presentation {
  const { codecpar } = stream;
  const matrix = codecpar.getCodedSideData(native.constants.AV_PKT_DATA_DISPLAYMATRIX);
  const turns = matrix === null ? [] : turnsOf(matrix);
  const { width, height } = codecpar;
  const stated = [stream.sampleAspectRatio, codecpar.sampleAspectRatio];
  const { num, den } = stated.find((ratio) => ratio.num > 0 && ratio.den > 0) ?? { num: 1, den: 1 };
  const ratio = num / den;
  const square =
    ratio > 1
      ? { width: Math.round(width * ratio), height }
      : { width, height: Math.round(height / ratio) };
  const isSideways = turns.some(([name]) => name === "transpose");
  return isSideways ? { turns, width: square.height, height: square.width } : { turns, ...square };
}

/** The 3x3 matrix of FFmpeg: what is shown at a right angle, and whether it is mirrored. */
function turnsOf(matrix: Buffer): Presentation["turns"] {
  const at = (index: number): number => (matrix.length >= 36 ? matrix.readInt32LE(index * 4) : 0);
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)];
  if (Math.abs(b) + Math.abs(c) > Math.abs(a) + Math.abs(d)) {
    if (b > 0) return [["transpose", c > 0 ? "dir=cclock_flip" : "dir=clock"]];
    return [["transpose", c > 0 ? "dir=cclock" : "dir=clock_flip"]];
  }
  return [...(a < 0 ? [["hflip", ""] as const] : []), ...(d < 0 ? [["vflip", ""] as const] : [])];
}

const CANNOT_TURN = "The pictures of this file can't be turned to how they are to be shown.";

interface Chain {
  readonly graph: FilterGraph;
  readonly source: FilterContext;
  readonly sink: FilterContext;
  readonly key: string;
}

/** Makes decoded pictures as they are to be shown. Where they are so already, nothing is done. */
export class Upright {
  readonly #native: Native;
  readonly #presentation: Presentation;
  #chain: Chain | undefined;

  constructor(native: Native, presentation: Presentation) {
    this.#native = native;
    this.#presentation = presentation;
  }

  /**
   * The picture itself, or another in its place: the given one is freed then.
   * @throws Error where FFmpeg can't turn it
   */
  apply(frame: Frame): Frame {
    const { height, turns, width } = this.#presentation;
    if (turns.length === 0 && frame.width === width && frame.height === height) return frame;
    const { sink, source } = this.#chainFor(frame);
    const shown = new this.#native.Frame();
    shown.alloc();
    const isShown = source.buffersrcAddFrameSync(frame) >= 0;
    frame.free();
    if (isShown && sink.buffersinkGetFrameSync(shown) >= 0) return shown;
    shown.free();
    throw new Error(CANNOT_TURN);
  }

  close(): void {
    this.#chain?.graph.free();
    this.#chain = undefined;
  }

  /** The size of what is coded may change within a file. */
  #chainFor(frame: Frame): Chain {
    const key = [frame.width, frame.height, frame.format].join();
    if (this.#chain?.key === key) return this.#chain;
    this.close();
    const { height, turns, width } = this.#presentation;
    const graph = new this.#native.FilterGraph();
    graph.alloc();
    const size = `video_size=${frame.width}x${frame.height}:pix_fmt=${frame.format}`;
    const source = this.#add(graph, "buffer", `${size}:time_base=1/1000000:pixel_aspect=1/1`);
    let last = source;
    for (const [name, options] of [...turns, ["scale", `w=${width}:h=${height}`] as const]) {
      const next = this.#add(graph, name, options);
      last.link(0, next, 0);
      last = next;
    }
    const sink = this.#add(graph, "buffersink", "");
    last.link(0, sink, 0);
    if (graph.configSync() < 0) throw new Error(CANNOT_TURN);
    this.#chain = { graph, source, sink, key };
    return this.#chain;
  }

  #add(graph: FilterGraph, name: string, options: string): FilterContext {
    const filter = this.#native.Filter.getByName(name);
    const added = filter && graph.createFilter(filter, name, options || null);
    if (!added) throw new Error(`FFmpeg has no filter ${name} here.`);
    return added;
  }
}
