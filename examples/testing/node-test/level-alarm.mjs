/** Resolves when the microphone has been louder than a limit. */
export async function levelAlarm(limit) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const [track] = stream.getAudioTracks();
  const { readable } = new MediaStreamTrackProcessor({ track });
  for await (const data of readable) {
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: "f32-planar" });
    data.close();
    if (samples.some((sample) => Math.abs(sample) > limit)) break;
  }
  track.stop();
}
