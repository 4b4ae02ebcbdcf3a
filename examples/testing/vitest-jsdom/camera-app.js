const { mediaDevices } = navigator;

/** A page's script: shows the camera in a video element, and says what went wrong. */
export async function showCamera(video, message, constraints = { video: true }) {
  try {
    const stream = await mediaDevices.getUserMedia(constraints);
    const [track] = stream.getVideoTracks();
    message.textContent = track.label;
    track.addEventListener("ended", () => (message.textContent = "The camera is gone"));
    video.srcObject = stream;
    await video.play();
  } catch (error) {
    message.textContent = error.name;
  }
}
