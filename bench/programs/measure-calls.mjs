/**
 * Calls in a row, each stream stopped at once, and the time to the first frame. Runs in a page, too.
 */
export async function measureCalls({ mediaDevices, MediaStreamTrackProcessor, calls }) {
  const constraints = { video: { width: 640, height: 480 } };
  const warm = await mediaDevices.getUserMedia(constraints);
  for (const track of warm.getTracks()) track.stop();
  const startMs = performance.now();
  for (let call = 0; call < calls; call++) {
    const stream = await mediaDevices.getUserMedia(constraints);
    for (const track of stream.getTracks()) track.stop();
  }
  const perSecond = (calls * 1000) / (performance.now() - startMs);
  const firstFramesMs = [];
  for (let round = 0; round < 9; round++) {
    const askedMs = performance.now();
    const stream = await mediaDevices.getUserMedia(constraints);
    const [track] = stream.getVideoTracks();
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    const { value } = await reader.read();
    firstFramesMs.push(performance.now() - askedMs);
    value.close();
    await reader.cancel();
    track.stop();
  }
  firstFramesMs.sort((one, other) => one - other);
  return { perSecond, firstFrameMs: firstFramesMs[4] };
}
