/**
 * The commands of PulseAudio's native protocol that capturing and playing need.
 *
 * @see https://gitlab.freedesktop.org/pulseaudio/pulseaudio/-/blob/master/src/pulsecore/native-common.h
 */
export const Command = {
  error: 0,
  reply: 2,
  createPlaybackStream: 3,
  deletePlaybackStream: 4,
  createRecordStream: 5,
  deleteRecordStream: 6,
  auth: 8,
  setClientName: 9,
  drainPlaybackStream: 12,
  getServerInfo: 20,
  getSinkInfoList: 22,
  getSourceInfoList: 24,
  subscribe: 35,
  corkPlaybackStream: 41,
  flushPlaybackStream: 42,
  loadModule: 51,
  unloadModule: 52,
  getRecordLatency: 57,
  request: 61,
  underflow: 63,
  playbackStreamKilled: 64,
  recordStreamKilled: 65,
  subscribeEvent: 66,
  recordStreamSuspended: 77,
  recordStreamMoved: 79,
} as const;
