/**
 * The commands of PulseAudio's native protocol that capturing needs.
 *
 * @see https://gitlab.freedesktop.org/pulseaudio/pulseaudio/-/blob/master/src/pulsecore/native-common.h
 */
export const Command = {
  error: 0,
  reply: 2,
  createRecordStream: 5,
  deleteRecordStream: 6,
  auth: 8,
  setClientName: 9,
  getServerInfo: 20,
  getSourceInfoList: 24,
  subscribe: 35,
  loadModule: 51,
  unloadModule: 52,
  getRecordLatency: 57,
  recordStreamKilled: 65,
  subscribeEvent: 66,
  recordStreamSuspended: 77,
  recordStreamMoved: 79,
} as const;
