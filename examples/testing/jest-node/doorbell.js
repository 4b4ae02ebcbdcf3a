const { MediaStreamTrackProcessor, navigator } = require("node-usermedia");

/** Watches the camera, and says how many pictures it gave until it was unplugged. */
exports.doorbell = async function doorbell({ mediaDevices } = navigator) {
  const stream = await mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
  const [track] = stream.getVideoTracks();
  let pictures = 0;
  for await (const frame of new MediaStreamTrackProcessor({ track }).readable) {
    pictures += 1;
    frame.close();
  }
  return pictures;
};
