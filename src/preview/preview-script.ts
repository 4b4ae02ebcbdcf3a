/** What the preview's page does, as a browser runs it after {@link loopbackScript}. What comes from devices is set as text. */
export const previewScript = String.raw`
const [picture, level, message] = ["picture", "level", "message"].map(byId);
let showing = new AbortController();
let shown = "";
let startedMs = 0;

async function act(action) {
  message.textContent = "";
  const response = await post("/do", action).catch(() => undefined);
  const { error } = response?.ok ? await response.json() : { error: "The preview has ended" };
  if (error) message.textContent = error;
}

function fill(select, options, value) {
  const elements = options.map(([key, text]) => new Option(text, key));
  select.replaceChildren(...elements);
  select.value = value;
  select.disabled = options.length < 2;
}

async function showPictures(signal) {
  for await (const jpeg of records("/pictures", signal)) {
    const before = picture.src;
    picture.src = URL.createObjectURL(new Blob([jpeg], { type: "image/jpeg" }));
    await picture.decode().catch(() => undefined);
    URL.revokeObjectURL(before);
  }
}

async function showLevels(signal) {
  for await (const line of lines("/levels", signal)) {
    level.value = Number(line);
    level.title = line + " dB";
  }
}

/** Pictures and loudness begin anew when other devices are open. */
function watchDevices(state) {
  const open = JSON.stringify([state.camera, state.microphone, state.size]);
  if (open === shown) return;
  shown = open;
  showing.abort();
  showing = new AbortController();
  const { signal } = showing;
  const gone = () => undefined;
  picture.hidden = state.camera === "";
  if (state.camera !== "") showPictures(signal).catch(gone);
  level.hidden = state.microphone === "";
  if (state.microphone !== "") showLevels(signal).catch(gone);
}

function show(state) {
  const named = ({ deviceId, label }) => [deviceId, label];
  fill(byId("camera"), [...state.cameras.map(named), ["screen", "A screen…"]], state.camera);
  fill(byId("microphone"), state.microphones.map(named), state.microphone);
  const sizes = state.sizes.includes(state.size) ? state.sizes : [state.size, ...state.sizes];
  fill(byId("size"), sizes.map((size) => [size, size.replace("x", " × ")]), state.size);
  const isRecording = state.recording !== "";
  for (const id of ["camera", "microphone", "size"]) byId(id).disabled ||= isRecording;
  byId("badge").hidden = !isRecording;
  startedMs = performance.now() - state.recordedMs;
  showElapsed();
  byId("synthetic").hidden = state.synthetic.length === 0;
  byId("synthetic").title = state.synthetic.join(", ");
  byId("saved").hidden = state.saved === "";
  byId("file").textContent = "Open " + state.saved;
  byId("file").dataset.name = state.saved;
  byId("record").textContent = isRecording ? "Stop" : "Record";
  byId("snapshot").disabled = state.camera === "";
  byId("mode").textContent = state.size && state.size + ", " + Math.round(state.frameRate) + " fps";
  if (isRecording) message.textContent = "Recording " + state.recording;
  else if (state.message) message.textContent = state.message;
  watchDevices(state);
}

function showElapsed() {
  const seconds = Math.floor((performance.now() - startedMs) / 1000);
  const two = (number) => String(number).padStart(2, "0");
  byId("elapsed").textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
}
setInterval(showElapsed, 250);

/** The file is asked for with the page's secret, which a plain link could not show. */
byId("file").onclick = async (event) => {
  event.preventDefault();
  const { name } = byId("file").dataset;
  const tab = open("about:blank");
  const response = await ask("/saved/" + encodeURIComponent(name));
  if (!response.ok) return void (message.textContent = name + " can't be read");
  const url = URL.createObjectURL(await response.blob());
  if (tab) tab.location = url;
  else byId("file").href = url;
};

const pick = (changes) =>
  act({ action: "choose", camera: byId("camera").value, microphone: byId("microphone").value, ...changes });
byId("camera").onchange = () => pick({});
byId("microphone").onchange = () => pick({ size: byId("size").value });
byId("size").onchange = () => pick({ size: byId("size").value });
byId("snapshot").onclick = () => act({ action: "snapshot" });
byId("record").onclick = () =>
  act({ action: byId("badge").hidden ? "record" : "stop" });

async function watch() {
  for await (const line of lines("/events")) show(JSON.parse(line));
}

/** Refused, or ended with the command. */
function end() {
  showing.abort();
  message.textContent = secret
    ? "The preview has ended. You can close this page."
    : "The address of a preview works once, in one browser.";
}
watch().then(end, end);
`;
