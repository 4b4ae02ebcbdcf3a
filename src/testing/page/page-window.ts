/** What the kit uses of a browser's page; structural, since this package has no types of a DOM. */
export interface PageWindow {
  readonly navigator: object & { readonly permissions?: PagePermissions };
  readonly document: { createElement(name: "canvas"): PageCanvas };
  readonly MediaStream: new (tracks: readonly NativeTrack[]) => NativeStream;
  readonly AudioContext: new (options: { sampleRate: number }) => PageAudioContext;
}

export interface PagePermissions {
  query(descriptor: { name: string }): Promise<unknown>;
}

export interface NativeStream {
  getTracks(): NativeTrack[];
}

export interface NativeTrack extends EventTarget {
  stop(): void;
  /** Of a canvas's track. */
  requestFrame?(): void;
}

export interface PageCanvas {
  width: number;
  height: number;
  getContext(kind: "2d"): PageContext;
  captureStream(frameRate: number): NativeStream;
}

export interface PageContext {
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(image: object, x: number, y: number): void;
}

export interface PageAudioContext {
  readonly currentTime: number;
  readonly destination: object;
  resume(): Promise<void>;
  close(): Promise<void>;
  createMediaStreamDestination(): { readonly stream: NativeStream };
  createBuffer(
    channels: number,
    length: number,
    rate: number,
  ): { copyToChannel(samples: Float32Array, channel: number): void; readonly duration: number };
  createBufferSource(): {
    buffer: object | null;
    connect(destination: object): void;
    start(when: number): void;
  };
}
