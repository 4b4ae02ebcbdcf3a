/** Counts the seconds for which a microphone is live. */
exports.recorderButton = async function recorderButton(button) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 2 } });
  const [track] = stream.getAudioTracks();
  let seconds = 0;
  const timer = setInterval(() => (button.textContent = `${++seconds} s`), 1000);
  button.addEventListener("click", () => track.stop());
  track.addEventListener("ended", () => {
    clearInterval(timer);
    button.textContent = `Lost after ${seconds} s`;
  });
  track.addEventListener("mute", () => (button.textContent = "Is the microphone switched off?"));
  return track;
};
