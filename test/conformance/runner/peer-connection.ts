import { createRequire } from "node:module";
import type { DOMWindow } from "jsdom";
import { systemClock } from "../../../src/engine/clock/system-clock.ts";
import { createTrack } from "../../../src/web/track/create-track.ts";
import { mediaStreamBrand } from "../../../src/web/stream/media-stream-slots.ts";
import type { MediaStreamTrack } from "../../../src/web/track/media-stream-track.ts";
import type { MediaStream } from "../../../src/web/stream/media-stream.ts";
import type { Realm } from "../../../src/web/realm/realm.ts";
import { createObject } from "../../../src/webidl/create-object.ts";
import { receiveNativeTrack } from "../../../src/webrtc/receive-native-track.ts";
import { toNativeTrack } from "../../../src/webrtc/wrtc.ts";
import type { NativeTrack } from "../../../src/webrtc/wrtc.ts";

interface NativeStream {
  readonly id: string;
}

interface NativeTrackEvent {
  readonly track: NativeTrack;
  readonly streams: readonly NativeStream[];
  readonly transceiver: object;
}

/** What is used of a peer connection of the library. */
interface NativeConnection {
  readonly signalingState: string;
  readonly connectionState: string;
  readonly localDescription: object | null;
  onicecandidate: (event: { readonly candidate: object | null }) => void;
  ontrack: (event: NativeTrackEvent) => void;
  onconnectionstatechange: () => void;
  addTrack(track: NativeTrack, ...streams: NativeStream[]): object;
  addTransceiver(track: NativeTrack | string, init: object): object;
  addIceCandidate(candidate: object): Promise<void>;
  createOffer(): Promise<object>;
  createAnswer(): Promise<object>;
  setLocalDescription(description: object): Promise<void>;
  setRemoteDescription(description: object): Promise<void>;
  getStats(): Promise<unknown>;
  close(): void;
}

interface Library {
  readonly RTCPeerConnection: new () => NativeConnection;
  readonly MediaStream: new (init: { readonly id: string }) => NativeStream;
  readonly RTCRtpSender: unknown;
}

const library = createRequire(import.meta.url)("@roamhq/wrtc") as Library;

function toNativeStream({ id }: MediaStream): NativeStream {
  return new library.MediaStream({ id });
}

/**
 * As much of WebRTC as tests of recording need to have something to record: libwebrtc between two
 * ends in one window. It is not what is tested.
 */
export function addPeerConnection(window: DOMWindow, realm: Realm): void {
  class RTCPeerConnection extends window.EventTarget {
    ontrack: ((event: Event) => void) | null = null;
    readonly #native = new library.RTCPeerConnection();
    readonly #streams = new Map<string, MediaStream>();
    #arrived: NativeTrackEvent[] = [];

    constructor() {
      super();
      this.#native.onicecandidate = ({ candidate }) => this.#fire("icecandidate", { candidate });
      this.#native.onconnectionstatechange = () => this.#fire("connectionstatechange", {});
      this.#native.ontrack = (event) => void this.#arrived.push(event);
      this.addEventListener("track", (event) => this.ontrack?.(event));
    }

    get signalingState(): string {
      return this.#native.signalingState;
    }

    get connectionState(): string {
      return this.#native.connectionState;
    }

    get localDescription(): object | null {
      return this.#native.localDescription;
    }

    addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): object {
      return this.#native.addTrack(toNativeTrack(track), ...streams.map(toNativeStream));
    }

    addTransceiver(
      track: MediaStreamTrack | string,
      init: { streams?: MediaStream[] } = {},
    ): object {
      const native = typeof track === "string" ? track : toNativeTrack(track);
      const streams = (init.streams ?? []).map(toNativeStream);
      return this.#native.addTransceiver(native, { ...init, streams });
    }

    createOffer(): Promise<object> {
      return this.#native.createOffer();
    }

    createAnswer(): Promise<object> {
      return this.#native.createAnswer();
    }

    addIceCandidate(candidate: object): Promise<void> {
      return this.#native.addIceCandidate(candidate);
    }

    async setLocalDescription(given?: object): Promise<void> {
      const isAnswer = this.#native.signalingState === "have-remote-offer";
      const create = () => (isAnswer ? this.#native.createAnswer() : this.#native.createOffer());
      await this.#native.setLocalDescription(given ?? (await create()));
    }

    /** All tracks are in their streams before the first of their events. */
    async setRemoteDescription(description: object): Promise<void> {
      await this.#native.setRemoteDescription(description);
      await new Promise((resolve) => setImmediate(resolve));
      const received = this.#arrived.map((event) => this.#receive(event));
      this.#arrived = [];
      for (const event of received) this.#fire("track", event);
    }

    getStats(): Promise<unknown> {
      return this.#native.getStats();
    }

    close(): void {
      this.#native.close();
    }

    #receive({ streams, track, transceiver }: NativeTrackEvent): object {
      const options = { clock: systemClock, codecs: realm.codecs?.() };
      const received = createTrack(realm, receiveNativeTrack(track, options).openTrack({}));
      const into = streams.map((stream) => this.#streamOf(stream));
      for (const stream of into) mediaStreamBrand.slotsOf(stream).tracks.add(received);
      return { track: received, streams: into, transceiver };
    }

    #streamOf({ id }: NativeStream): MediaStream {
      const known = this.#streams.get(id);
      if (known) return known;
      const stream = createObject(realm, mediaStreamBrand, { realm, id, tracks: new Set() });
      this.#streams.set(id, stream);
      return stream;
    }

    #fire(type: string, members: object): void {
      this.dispatchEvent(Object.assign(new window.Event(type), members));
    }
  }
  const { RTCRtpSender } = library;
  for (const [name, value] of Object.entries({ RTCPeerConnection, RTCRtpSender })) {
    Object.defineProperty(window, name, { value, configurable: true, writable: true });
  }
}
