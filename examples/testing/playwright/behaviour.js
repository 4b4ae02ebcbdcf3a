/**
 * What a page's camera code must do, told once: it runs in jsdom and in a real browser. All that it
 * uses is the page's window and its virtual devices.
 *
 * @returns what was seen
 */
export async function cameraBehaviour(window, devices) {
  const { document, navigator } = window;
  const seen = {};
  const front = devices.addCamera({ label: "Front", modes: [{ width: 320, height: 240 }] });
  devices.addCamera({ label: "Back", facingMode: "environment" });
  devices.addMicrophone({ label: "Headset" });

  const labels = async () =>
    (await navigator.mediaDevices.enumerateDevices()).map(({ label }) => label);
  seen.labelsBefore = await labels();

  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  seen.isStream = stream instanceof window.MediaStream;
  seen.labelsAfter = await labels();
  const [track] = stream.getVideoTracks();
  const { frameRate, height, width } = track.getSettings();
  seen.video = { label: track.label, frameRate, height, width };
  seen.audio = stream.getAudioTracks().map(({ label, readyState }) => ({ label, readyState }));

  const video = document.createElement("video");
  video.muted = true;
  document.body.append(video);
  video.srcObject = new window.MediaStream([track]);
  await video.play();
  seen.played = [video.videoWidth, video.videoHeight];

  const muted = new Promise((resolve) => track.addEventListener("mute", resolve));
  front.mute();
  await muted;
  seen.muted = track.muted;

  const refused = (constraints) =>
    navigator.mediaDevices.getUserMedia(constraints).catch((error) => error);
  const tooLarge = await refused({ video: { width: { min: 4000 } } });
  seen.tooLarge = [tooLarge.name, tooLarge.constraint, tooLarge.message.split("\n")];
  seen.why = devices.calls.at(-1).why;

  const ended = new Promise((resolve) => track.addEventListener("ended", resolve));
  front.unplug();
  await ended;
  seen.ended = track.readyState;

  const second = await navigator.mediaDevices.getUserMedia({ video: true });
  seen.second = second.getVideoTracks()[0].label;
  for (const each of [...second.getTracks(), ...stream.getTracks()]) each.stop();

  devices.permission.deny("camera");
  seen.denied = (await refused({ video: true })).name;
  seen.permission = (await navigator.permissions.query({ name: "camera" })).state;
  return seen;
}
