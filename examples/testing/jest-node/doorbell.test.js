const { ManualClock, VirtualDevices } = require("node-usermedia/testing");
const { doorbell } = require("./doorbell.js");

test("the doorbell counts pictures until its camera is unplugged", async () => {
  const clock = new ManualClock();
  const devices = new VirtualDevices({ clock });
  const camera = devices.addCamera();
  const pictures = doorbell(devices.navigator);
  await clock.advance(1_000);
  camera.unplug();
  expect(await pictures).toBeGreaterThan(20);
});
