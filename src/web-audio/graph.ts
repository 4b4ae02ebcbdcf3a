import { requireInstalled } from "../host/own-files.ts";

/** An `AudioNode`, as far as it is used here: the library's types need those of a browser. */
export interface GraphNode {
  connect(destination: never): unknown;
  disconnect(): void;
}

interface Port {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

/** An `AudioWorkletNode`. */
export interface WorkletNode extends GraphNode {
  readonly port: Port;
}

/** An `AudioContext` of node-web-audio-api. */
export interface GraphContext {
  readonly sampleRate: number;
  readonly state: string;
  readonly destination: object;
  readonly audioWorklet: { addModule(url: string): Promise<unknown> };
  /** As of an `EventTarget`. */
  addEventListener(type: "statechange", listener: () => void): void;
}

/** What a node of this context is to TypeScript: one of its library's. */
export type NodeOf<Context extends GraphContext> = Context["destination"];

export interface WorkletOptions {
  readonly numberOfInputs: number;
  readonly numberOfOutputs: number;
  readonly outputChannelCount?: readonly number[];
  readonly channelCount?: number;
  readonly channelCountMode?: "explicit";
  readonly processorOptions?: object;
}

type WorkletNodeConstructor = new (
  context: GraphContext,
  name: string,
  options: WorkletOptions,
) => WorkletNode;

type SourceConstructor = new (
  context: GraphContext,
  options: { readonly offset: number },
) => GraphNode & { start(): void };

interface Library {
  readonly AudioWorkletNode: WorkletNodeConstructor;
  readonly ConstantSourceNode: SourceConstructor;
}

export function workletNode(
  context: GraphContext,
  name: string,
  options: WorkletOptions,
): WorkletNode {
  const { AudioWorkletNode } = library();
  return new AudioWorkletNode(context, name, options);
}

/** A source of silence, at work. */
export function silence(context: GraphContext): GraphNode {
  const { ConstantSourceNode } = library();
  const source = new ConstantSourceNode(context, { offset: 0 });
  source.start();
  return source;
}

/** It is loaded already, since the context is its own. */
function library(): Library {
  return requireInstalled("node-web-audio-api") as Library;
}

/** @throws DOMException `InvalidStateError` when the context is closed */
export function checkOpen(context: GraphContext): void {
  if (context.state !== "closed") return;
  throw new DOMException("This audio context is closed; make another one.", "InvalidStateError");
}

/** Calls `listener` once the context is closed. */
export function onceClosed(context: GraphContext, listener: () => void): void {
  context.addEventListener("statechange", () => {
    if (context.state === "closed") listener();
  });
}
