import type { CodecService } from "../../contract/encoder.ts";
import { realImmediate } from "../../engine/clock/real-immediate.ts";
import type { Clock } from "../../engine/contract.ts";
import type { AudioData } from "../../media/audio-data.ts";
import type { VideoFrame } from "../../media/video-frame.ts";
import type { OtherPermission, PermissionName } from "../../permission/contract.ts";
import type { BindingRealm, Intrinsics } from "../../webidl/intrinsics.ts";
import { nodeIntrinsics } from "../../webidl/intrinsics.ts";
import type { Playback } from "../audio/playback.ts";
import type { CaptureCall } from "./observe-call.ts";

/** Features that a document can be allowed to use by permissions policy. */
export type PolicyFeature = PermissionName | OtherPermission;

/**
 * What the algorithms ask of the document they work for. Outside a browser there is none: the
 * defaults say that it is there, visible and focused, and may use everything.
 */
export interface DocumentHooks {
  readonly isSecureContext: boolean;
  /**
   * Whether a permission alone has the devices of its kind listed with labels and ids, before one of
   * them is captured: in a program, as in Chromium. A document does as the specification says.
   */
  readonly listsPermittedDevices: boolean;
  /** @see https://html.spec.whatwg.org/multipage/document-sequences.html#fully-active */
  isFullyActive(): boolean;
  /** @see https://html.spec.whatwg.org/multipage/iframe-embed-object.html#allowed-to-use */
  isAllowedToUse(feature: PolicyFeature): boolean;
  /**
   * Resolves as soon as the document is in view.
   * @see https://w3c.github.io/mediacapture-main/#dfn-is-in-view
   */
  whenInView(): Promise<void>;
  /**
   * Resolves as soon as the window has the system's focus.
   * @see https://w3c.github.io/mediacapture-main/#dfn-has-system-focus
   */
  whenFocused(): Promise<void>;
  /**
   * Tells whether the window was activated by its user lately.
   * @see https://html.spec.whatwg.org/multipage/interaction.html#transient-activation
   */
  hasTransientActivation(): boolean;
  /**
   * Runs `steps` later, in the order of the calls: while a test's fake timers stand still, too, as
   * in a browser.
   * @see https://html.spec.whatwg.org/multipage/webappapis.html#queue-a-task
   */
  queueTask(steps: () => void): void;
  /** Dispatches an event that the user agent made (trusted where the realm can say so). */
  fireEvent(target: EventTarget, event: Event): void;
  /** Shows an exception that a script's callback threw, as `window.reportError` does. */
  reportException(error: unknown): void;
  /** Says that an error event has no listener: the program would go on as if nothing were wrong. */
  warnOfUnheard?(target: EventTarget, type: string, message: string): void;
  /**
   * Told of each call that a script makes, as it is made. Its answer changes nothing.
   * @internal
   */
  observeCall?(call: CaptureCall): void;
  /** The clock that frames are stamped with. Default: the system's. */
  readonly clock?: Clock;
  /** Encoders for tracks that scripts make themselves. */
  readonly codecs?: () => CodecService | undefined;
  /**
   * What sound is played with. Absent where nothing is played.
   * @internal
   */
  readonly playback?: () => Playback | undefined;
  /** Makes a frame one of the interface that the window's scripts know, where they know their own. */
  adoptFrame?(frame: VideoFrame | AudioData): VideoFrame | AudioData;
  /** The window's own, where it has one. */
  readonly ErrorEvent?: ErrorEventConstructor;
  /** The window's own, where Node's isn't the one that its scripts know. */
  readonly Blob?: typeof Blob;
  /** What the device ids are salted with besides the application's own salt. */
  readonly origin: string;
}

/** @see https://html.spec.whatwg.org/multipage/webappapis.html#errorevent */
export type ErrorEventConstructor = new (
  type: string,
  init: { readonly error: unknown; readonly message: string },
) => Event;

/** A global environment: its built-ins, and its document where it has one. */
export interface RealmOptions extends Intrinsics, DocumentHooks {}

/** A realm in which the interfaces are exposed; see {@link exposeMediaCapture}. */
export interface Realm extends RealmOptions, BindingRealm {}

let nodeCodecs: () => CodecService | undefined = () => undefined;

/**
 * Says where Node's own realm has its encoders from: its classes are there before any world is, and
 * the default world is made when something of it is used.
 */
export function provideCodecs(provider: () => CodecService): void {
  nodeCodecs = provider;
}

let nodePlayback: () => Playback | undefined = () => undefined;

/** Says what Node's own realm plays with, as {@link provideCodecs} does for its encoders. */
export function providePlayback(provider: () => Playback): void {
  nodePlayback = provider;
}

/** Node's own realm, in which the exported classes are the interfaces. */
export const nodeRealm: Realm = {
  ...nodeIntrinsics,
  constructors: new Map(),
  isSecureContext: true,
  listsPermittedDevices: true,
  origin: "",
  codecs: () => nodeCodecs(),
  playback: () => nodePlayback(),
  isFullyActive: () => true,
  isAllowedToUse: () => true,
  whenInView: () => Promise.resolve(),
  whenFocused: () => Promise.resolve(),
  hasTransientActivation: () => true,
  queueTask: realImmediate,
  fireEvent: (target, event) => void target.dispatchEvent(event),
  warnOfUnheard,
  reportException: (error) =>
    process.nextTick(() => {
      throw error;
    }),
};

function warnOfUnheard(target: EventTarget, type: string, message: string): void {
  // A window's targets don't tell who listens.
  if (!(target instanceof EventTarget)) return;
  const { getEventListeners } = process.getBuiltinModule("node:events");
  if (getEventListeners(target, type).length > 0) return;
  process.emitWarning(message, { type: "UsermediaWarning", code: "USERMEDIA_UNHEARD" });
}
