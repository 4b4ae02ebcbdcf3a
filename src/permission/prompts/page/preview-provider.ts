/** A picture of a preview. */
export interface PreviewPicture {
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  /** RGBA, 8 bits each, row by row without padding. */
  readonly data: Uint8Array;
}

/**
 * Shows a person what a device gives before they decide. What it captures goes to the prompt and
 * nowhere else. Both end when `signal` aborts, and release the device then.
 */
export interface PreviewProvider {
  /** Small pictures of a camera or screen, some a second. */
  pictures(deviceKey: string, signal: AbortSignal): AsyncIterable<PreviewPicture>;
  /** Loudness of a microphone from 0 to 1, some a second. */
  levels(deviceKey: string, signal: AbortSignal): AsyncIterable<number>;
}
