/**
 * What a video element has shown: pictures of streams are all shown that come, none is dropped.
 * @see https://w3c.github.io/media-playback-quality/#videoplaybackquality-interface
 */
export class VideoPlaybackQuality {
  /** ms */
  readonly creationTime: number;
  readonly totalVideoFrames: number;
  readonly droppedVideoFrames = 0;
  readonly corruptedVideoFrames = 0;

  constructor(creationTime: number, totalVideoFrames: number) {
    this.creationTime = creationTime;
    this.totalVideoFrames = totalVideoFrames;
  }
}
