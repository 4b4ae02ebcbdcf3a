const { recorderButton } = require("./recorder-button.js");

const task = () => new Promise((resolve) => setTimeout(resolve));

test("each test has devices of its own, whose calls can be looked at", async () => {
  const microphone = virtualDevices.addMicrophone({ label: "Headset", channelCount: 2 });
  const button = document.createElement("button");
  const track = await recorderButton(button);
  expect(track).toBeInstanceOf(MediaStreamTrack);
  expect(virtualDevices.calls).toMatchObject([
    { method: "getUserMedia", constraints: { audio: { channelCount: 2 } } },
  ]);
  expect(virtualDevices.calls[0].chosen[0].device).toBe(microphone);
  microphone.mute();
  await task();
  expect(button.textContent).toBe("Is the microphone switched off?");
});

test("Jest's fake timers hold the devices", async () => {
  jest.useFakeTimers();
  const microphone = virtualDevices.addMicrophone();
  expect(virtualDevices.calls).toEqual([]);
  const button = document.createElement("button");
  const track = await recorderButton(button);
  let samples = 0;
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const read = async () => {
    for (let one = await reader.read(); !one.done; one = await reader.read()) {
      samples += one.value.numberOfFrames;
      one.value.close();
    }
  };
  const reading = read();
  await jest.advanceTimersByTimeAsync(10_000);
  expect(button.textContent).toBe("10 s");
  const ended = new Promise((resolve) => track.addEventListener("ended", resolve));
  microphone.unplug();
  await ended;
  await reading;
  expect(button.textContent).toBe("Lost after 10 s");
  expect(samples).toBeGreaterThanOrEqual(480_000);
});

test("errors are the window's own", async () => {
  await expect(recorderButton(document.createElement("button"))).rejects.toThrow(DOMException);
});
