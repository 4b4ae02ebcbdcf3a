import vm from "node:vm";
import type { MediaCapture } from "../../../src/world/create-media-capture.ts";
import { AudioData } from "../../../src/media/audio-data.ts";
import { VideoFrame } from "../../../src/media/video-frame.ts";
import { mediaStreamTrackGeneratorInterface } from "../../../src/web/transform/media-stream-track-generator.ts";
import { mediaStreamTrackProcessorInterface } from "../../../src/web/transform/media-stream-track-processor.ts";
import { mediaStreamTrackInterface } from "../../../src/web/track/media-stream-track.ts";
import { permissionStatusInterface } from "../../../src/web/permissions/permission-status.ts";
import { permissionsInterface } from "../../../src/web/permissions/permissions.ts";
import { interfacesOf } from "../../../src/web/create-realm.ts";
import { nodeRealm } from "../../../src/web/realm/realm.ts";
import type { Realm, RealmOptions } from "../../../src/web/realm/realm.ts";
import { videoTrackGeneratorInterface } from "../../../src/web/transform/video-track-generator.ts";
import { exposeInterfaces } from "../../../src/webidl/expose-interfaces.ts";
import type { Interface } from "../../../src/webidl/install-members.ts";
import { OffscreenCanvas } from "./offscreen-canvas.ts";
import type { Respond } from "./respond.ts";
import { createWorkerNavigator } from "./worker-navigator.ts";

/** What a dedicated worker has of media capture. */
const INTERFACES: readonly Interface[] = [
  mediaStreamTrackInterface,
  mediaStreamTrackProcessorInterface,
  mediaStreamTrackGeneratorInterface,
  videoTrackGeneratorInterface,
  permissionsInterface,
  permissionStatusInterface,
];

/** Built-ins of the worker's own; its errors are Node's, which its streams throw. */
const OWN_INTRINSICS = ["Object", "Function", "Array", "Promise", "Number", "String"] as const;

const NODE_GLOBALS = [
  ...["DOMException", "Error", "Event", "EventTarget", "MessageEvent", "RangeError", "TypeError"],
  ...["ReadableStream", "WritableStream", "TransformStream", "MessageChannel"],
  ...["TextDecoder", "TextEncoder", "URL", "URLSearchParams", "performance", "structuredClone"],
  ...["clearInterval", "clearTimeout", "console", "queueMicrotask", "setInterval", "setTimeout"],
];

export interface WorkerScopeOptions {
  /** The address of its script. */
  readonly url: URL;
  readonly respond: Respond;
  /** The window's, whose permissions, clock and encoders its workers have. */
  readonly capture: MediaCapture;
  /** `postMessage()` of the worker. */
  readonly post: (message: unknown, options: unknown) => void;
}

/**
 * The global environment of a dedicated worker: a realm with its own built-ins and no document, in
 * this thread.
 */
export class WorkerScope {
  readonly realm: Realm;
  readonly #target = new EventTarget();
  readonly #context: vm.Context;
  readonly #options: WorkerScopeOptions;
  readonly #handlers = new Map<string, unknown>();

  constructor(options: WorkerScopeOptions) {
    this.#options = options;
    this.#context = vm.createContext();
    this.realm = this.#createRealm();
    this.#defineGlobals();
  }

  run(script: string, filename: string): void {
    vm.runInContext(script, this.#context, { filename });
  }

  dispatch(data: unknown): void {
    this.#target.dispatchEvent(new MessageEvent("message", { data }));
  }

  #createRealm(): Realm {
    const { capture, url } = this.#options;
    const evaluate = (name: string): unknown => vm.runInContext(name, this.#context);
    const intrinsics = Object.fromEntries(OWN_INTRINSICS.map((name) => [name, evaluate(name)]));
    const { clock, codecs, isSecureContext } = capture.realm;
    const options: RealmOptions = {
      ...nodeRealm,
      ...intrinsics,
      ...(clock && { clock }),
      ...(codecs && { codecs }),
      isSecureContext,
      origin: url.origin,
    };
    return exposeInterfaces(options, INTERFACES);
  }

  #defineGlobals(): void {
    const globals: Record<string, unknown> = Object.fromEntries(
      NODE_GLOBALS.map((name) => [name, Reflect.get(globalThis, name)]),
    );
    const ours = interfacesOf(this.realm);
    for (const { definition } of INTERFACES)
      globals[definition.brand.name] = ours[definition.brand.name];
    Object.assign(globals, { AudioData, VideoFrame, OffscreenCanvas });
    const global = this.#global;
    const { capture, post, url } = this.#options;
    const navigator = createWorkerNavigator(this.realm, capture);
    Object.assign(globals, {
      self: global,
      navigator,
      WorkerNavigator: navigator.constructor,
      location: url,
      isSecureContext: this.realm.isSecureContext,
      crossOriginIsolated: false,
      ...scopeClasses(global),
      addEventListener: this.#target.addEventListener.bind(this.#target),
      removeEventListener: this.#target.removeEventListener.bind(this.#target),
      dispatchEvent: this.#target.dispatchEvent.bind(this.#target),
      postMessage: (message: unknown, options: unknown) => post(message, options),
      importScripts: (...paths: string[]) => this.#import(paths),
      fetch: (path: string) => this.#fetch(path),
      close() {},
    });
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(global, name, { value, configurable: true, writable: true });
    }
    for (const type of ["message", "error"]) this.#defineHandler(type);
  }

  get #global(): object {
    return vm.runInContext("globalThis", this.#context) as object;
  }

  #defineHandler(type: string): void {
    this.#target.addEventListener(type, (event) => {
      const handler = this.#handlers.get(type);
      if (typeof handler === "function") handler.call(this.#global, event);
    });
    Object.defineProperty(this.#global, `on${type}`, {
      configurable: true,
      get: () => this.#handlers.get(type) ?? null,
      set: (handler: unknown) => {
        this.#handlers.set(type, handler);
      },
    });
  }

  #import(paths: readonly string[]): void {
    for (const path of paths) {
      const { href } = new URL(path, this.#options.url);
      const { body, status } = this.#options.respond(href);
      if (status !== 200) throw new DOMException(`There is no ${href}`, "NetworkError");
      this.run(body.toString(), href);
    }
  }

  async #fetch(path: string): Promise<Response> {
    const { body, status } = this.#options.respond(new URL(path, this.#options.url).href);
    return new Response(new Uint8Array(body), { status });
  }
}

/** The interfaces by which scripts know what kind of scope they run in. */
function scopeClasses(global: object): Readonly<Record<string, unknown>> {
  // oxlint-disable-next-line no-extraneous-class -- scripts ask for `instanceof` alone
  class WorkerGlobalScope {
    static [Symbol.hasInstance](value: unknown): boolean {
      return value === global;
    }
  }
  return { WorkerGlobalScope, DedicatedWorkerGlobalScope: class extends WorkerGlobalScope {} };
}
