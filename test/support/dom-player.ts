import { readFileSync } from "node:fs";
import type { DomWindow } from "../../src/dom/dom-window.ts";
import type { MediaStream } from "../../src/web/stream/media-stream.ts";

interface Ranges {
  readonly length: number;
  start(index: number): number;
  end(index: number): number;
}

/** A media element, as tests use it. */
export interface MediaElementUnderTest extends EventTarget {
  src: string;
  srcObject: MediaStream | null;
  currentTime: number;
  playbackRate: number;
  readonly currentSrc: string;
  readonly duration: number;
  readonly ended: boolean;
  readonly error: { readonly code: number; readonly message: string } | null;
  readonly networkState: number;
  readonly paused: boolean;
  readonly played: Ranges;
  readonly readyState: number;
  readonly seekable: Ranges;
  readonly seeking: boolean;
  readonly videoHeight: number;
  readonly videoWidth: number;
  append(...nodes: object[]): void;
  canPlayType(type: string): string;
  captureStream(): MediaStream;
  load(): void;
  pause(): void;
  play(): Promise<void>;
  removeAttribute(name: string): void;
  requestVideoFrameCallback(
    callback: (now: number, frame: { readonly mediaTime: number }) => void,
  ): number;
  setAttribute(name: string, value: string): void;
}

/** A window whose media elements are tested. */
export interface PlayerWindow extends DomWindow {
  readonly Blob: typeof Blob;
  readonly URL: typeof URL;
  readonly document: DomWindow["document"] & {
    createElement(name: string): MediaElementUnderTest;
    querySelector(name: string): MediaElementUnderTest;
  };
}

/** The address that a window's script gives a file's bytes. */
export function blobUrl({ Blob, URL }: PlayerWindow, path: string): string {
  return URL.createObjectURL(new Blob([readFileSync(path)]));
}

/** The times, in seconds of the file, of the pictures that an element shows from now on. */
export function notePictures(video: MediaElementUnderTest): number[] {
  const times: number[] = [];
  const note = (_now: number, { mediaTime }: { readonly mediaTime: number }): void => {
    times.push(mediaTime);
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
  return times;
}
