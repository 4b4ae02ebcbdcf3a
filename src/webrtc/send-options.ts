/** How a track is sent. */
export interface SendOptions {
  /** bits per second. Default: 1,500,000 for video, 64,000 for audio. */
  readonly bitrate?: number;
}

/** @throws TypeError for what no bitrate can be */
export function checkSendOptions({ bitrate }: SendOptions): void {
  if (bitrate !== undefined && !(Number.isInteger(bitrate) && bitrate >= 6000)) {
    throw new TypeError(`bitrate is ${bitrate}; give a whole number of bits per second, from 6000`);
  }
}
