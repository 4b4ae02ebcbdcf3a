/** What the preview's page does, as a browser runs it. What comes from devices is set as text. */
export const previewScript = String.raw`
history.replaceState(null, "", "/");
const byId = (id) => document.getElementById(id);
const [picture, level, message] = ["picture", "level", "message"].map(byId);
let levels;
let shown = "";

async function act(action) {
  message.textContent = "";
  const response = await fetch("/do", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(action),
  }).catch(() => undefined);
  const { error } = response?.ok ? await response.json() : { error: "The preview has ended" };
  if (error) message.textContent = error;
}

function fill(select, options, value) {
  const elements = options.map(([key, text]) => new Option(text, key));
  select.replaceChildren(...elements);
  select.value = value;
  select.disabled = options.length < 2;
}

/** Pictures and loudness begin anew when other devices are open. */
function watchDevices(state) {
  const open = JSON.stringify([state.camera, state.microphone, state.size]);
  if (open === shown) return;
  shown = open;
  picture.hidden = state.camera === "";
  if (state.camera !== "") picture.src = "/pictures?" + performance.now();
  levels?.close();
  level.hidden = state.microphone === "";
  if (state.microphone === "") return;
  levels = new EventSource("/levels");
  levels.onmessage = ({ data }) => {
    level.value = Number(data);
    level.title = data + " dB";
  };
}

function show(state) {
  const named = ({ deviceId, label }) => [deviceId, label];
  fill(byId("camera"), state.cameras.map(named), state.camera);
  fill(byId("microphone"), state.microphones.map(named), state.microphone);
  const sizes = state.sizes.includes(state.size) ? state.sizes : [state.size, ...state.sizes];
  fill(byId("size"), sizes.map((size) => [size, size.replace("x", " × ")]), state.size);
  const isRecording = state.recording !== "";
  for (const id of ["camera", "microphone", "size"]) byId(id).disabled ||= isRecording;
  byId("badge").hidden = !isRecording;
  byId("record").textContent = isRecording ? "Stop" : "Record";
  byId("snapshot").disabled = state.camera === "";
  byId("mode").textContent = state.size && state.size + ", " + Math.round(state.frameRate) + " fps";
  if (isRecording) message.textContent = "Recording " + state.recording;
  else if (state.message) message.textContent = state.message;
  watchDevices(state);
}

const pick = (changes) =>
  act({ action: "choose", camera: byId("camera").value, microphone: byId("microphone").value, ...changes });
byId("camera").onchange = () => pick({});
byId("microphone").onchange = () => pick({ size: byId("size").value });
byId("size").onchange = () => pick({ size: byId("size").value });
byId("snapshot").onclick = () => act({ action: "snapshot" });
byId("record").onclick = () =>
  act({ action: byId("badge").hidden ? "record" : "stop" });

const events = new EventSource("/events");
events.onmessage = ({ data }) => show(JSON.parse(data));
events.addEventListener("closed", () => {
  events.close();
  levels?.close();
  message.textContent = "The preview has ended. You can close this page.";
});
`;
