/** The constraints that the user agent knows. */
export interface MediaTrackSupportedConstraints {
  width?: boolean;
  height?: boolean;
  aspectRatio?: boolean;
  frameRate?: boolean;
  facingMode?: boolean;
  resizeMode?: boolean;
  sampleRate?: boolean;
  sampleSize?: boolean;
  echoCancellation?: boolean;
  autoGainControl?: boolean;
  noiseSuppression?: boolean;
  latency?: boolean;
  channelCount?: boolean;
  deviceId?: boolean;
  groupId?: boolean;
  backgroundBlur?: boolean;
  displaySurface?: boolean;
}

/** @see https://w3c.github.io/mediacapture-main/#dom-mediadevices-getsupportedconstraints */
export const supportedConstraints: MediaTrackSupportedConstraints = {
  aspectRatio: true,
  autoGainControl: true,
  backgroundBlur: true,
  channelCount: true,
  deviceId: true,
  displaySurface: true,
  echoCancellation: true,
  facingMode: true,
  frameRate: true,
  groupId: true,
  height: true,
  latency: true,
  noiseSuppression: true,
  resizeMode: true,
  sampleRate: true,
  sampleSize: true,
  width: true,
};
