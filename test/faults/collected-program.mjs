// Lets go of live tracks in several ways, collects garbage, and says whether their device is open.
import { once } from "node:events";
import { createMediaCapture, syntheticDevices } from "../../dist/backend.js";
import { frames, MediaRecorder } from "../../dist/index.js";
import { createPermissionBroker } from "../../dist/permission/index.js";

let open = 0;
const synthetic = syntheticDevices();
const counted = {
  name: synthetic.name,
  listDevices: () => synthetic.listDevices(),
  async open(...device) {
    const session = await synthetic.open(...device);
    open += 1;
    const close = session.close.bind(session);
    return Object.assign(session, {
      async close() {
        open -= 1;
        await close();
      },
    });
  },
};
const permission = createPermissionBroker({ environment: {} });
const { mediaDevices, close } = createMediaCapture({ backends: [counted], permission });

/** Collects until `isDone`, or until it has had every chance. */
async function collect(isDone) {
  for (let round = 0; round < 30 && !isDone(); round++) {
    // What deref() has given is kept until the end of its job.
    await new Promise((resolve) => setTimeout(resolve, 10));
    gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function stream() {
  return await mediaDevices.getUserMedia({ video: { width: 96, height: 96 } });
}

const result = {};

/** Uses a stream that nothing refers to any more after that; what is returned stays referred to. */
async function letGo(name, use) {
  const references = [];
  const kept = await (async () => {
    const given = await stream();
    references.push(new WeakRef(given), new WeakRef(given.getTracks()[0]));
    return await use(given);
  })();
  await collect(() => references.every((reference) => !reference.deref()) && open === 0);
  const isCollected = references.map((reference) => !reference.deref());
  result[name] = {
    isOpen: open > 0,
    isStreamCollected: isCollected[0],
    isCollected: isCollected[1],
  };
  return kept;
}

await letGo("unused", () => undefined);
await letGo("clones of it", (given) => void given.clone());

const reader = await letGo("read", (given) => {
  const pictures = frames(given.getTracks()[0], { format: "rgba" });
  pictures.on("data", () => (result.pictures = (result.pictures ?? 0) + 1));
  return pictures;
});
reader.destroy();
await collect(() => open === 0);
result["no longer read"] = { isOpen: open > 0 };

let recorder = await letGo("recorded", (given) => {
  const recorder = new MediaRecorder(given);
  recorder.start();
  return recorder;
});
recorder.stop();
await once(recorder, "stop");
recorder = undefined;
await collect(() => open === 0);
result["no longer recorded"] = { isOpen: open > 0 };

await letGo("listened to", (given) => {
  given.getTracks()[0].onended = () => undefined;
});
const again = await stream();
result.again = again.getTracks()[0].readyState;
await close();
console.log(JSON.stringify(result));
