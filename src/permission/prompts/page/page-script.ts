/**
 * What the prompt's page does, as a browser runs it. Whatever comes from the program or from a
 * device is set as text, never as markup.
 */
export const pageScript = String.raw`
const words = { camera: "camera", microphone: "microphone", "display-capture": "screen" };
const choiceWords = { once: "Allow once", always: "Allow always", block: "Block" };
history.replaceState(null, "", "/");

const byId = (id) => document.getElementById(id);
const make = (tag, text, properties = {}) =>
  Object.assign(document.createElement(tag), { textContent: text ?? "" }, properties);
const picked = {};
const running = new Map();

function finish(text) {
  for (const controller of running.values()) controller.abort();
  byId("title").textContent = text;
  for (const id of ["path", "kinds", "choices"]) byId(id).replaceChildren();
  byId("hint").textContent = "You can close this page.";
  events.close();
}

async function answer(choice) {
  const response = await fetch("/answer", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ choice, devices: picked }),
  }).catch(() => undefined);
  if (!response?.ok) finish("The program doesn't wait for an answer any more");
  else finish({ block: "Blocked", none: "Nothing was decided" }[choice] ?? "Allowed");
}

async function* chunks(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error("no preview");
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function showPictures(url, canvas, signal) {
  const context = canvas.getContext("2d");
  let bytes = new Uint8Array(0);
  for await (const chunk of chunks(url, signal)) {
    const joined = new Uint8Array(bytes.length + chunk.length);
    joined.set(bytes);
    joined.set(chunk, bytes.length);
    bytes = joined;
    for (;;) {
      if (bytes.length < 8) break;
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      const [width, height] = [view.getUint32(0), view.getUint32(4)];
      const end = 8 + width * height * 4;
      if (bytes.length < end) break;
      Object.assign(canvas, { width, height });
      const pixels = new Uint8ClampedArray(bytes.slice(8, end).buffer);
      context.putImageData(new ImageData(pixels, width, height), 0, 0);
      canvas.dataset.pictures = Number(canvas.dataset.pictures ?? 0) + 1;
      bytes = bytes.slice(end);
    }
  }
}

async function showLevels(url, meter, signal) {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks(url, signal)) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop();
    if (lines.length > 0) meter.value = Number(lines.at(-1));
  }
}

async function preview(kind, index, place, button) {
  running.get(kind.name)?.abort();
  const controller = new AbortController();
  running.set(kind.name, controller);
  const isSound = kind.name === "microphone";
  const view = isSound ? make("meter", "", { min: 0, max: 1 }) : make("canvas");
  view.setAttribute("aria-label", isSound ? "Loudness" : "Preview");
  place.replaceChildren(view);
  button.textContent = "Stop preview";
  try {
    const show = isSound ? showLevels : showPictures;
    await show("/preview/" + kind.name + "/" + index, view, controller.signal);
  } catch {
    if (!controller.signal.aborted) place.replaceChildren(make("p", "No preview of this device."));
  }
}

function kindSection(kind, hasPreview) {
  const section = make("div", "", { className: "kind" });
  const id = "device-" + kind.name;
  const title = words[kind.name][0].toUpperCase() + words[kind.name].slice(1);
  const select = make("select", "", { id });
  kind.devices.forEach((label, index) => select.append(make("option", label, { value: index })));
  select.disabled = kind.devices.length < 2;
  section.append(make("label", title, { htmlFor: id }), select);
  if (kind.reason) section.append(make("blockquote", kind.reason));
  const place = make("div");
  const button = make("button", "Preview", { type: "button" });
  const isRunning = () => running.get(kind.name)?.signal.aborted === false;
  button.addEventListener("click", () => {
    if (!isRunning()) return void preview(kind, select.value, place, button);
    running.get(kind.name).abort();
    place.replaceChildren();
    button.textContent = "Preview";
  });
  select.addEventListener("change", () => {
    picked[kind.name] = Number(select.value);
    if (isRunning()) void preview(kind, select.value, place, button);
  });
  if (hasPreview && kind.devices.length > 0) section.append(button, place);
  return section;
}

const events = new EventSource("/events");
events.addEventListener("withdrawn", () => finish("The program doesn't ask any more"));
const question = await (await fetch("/question")).json();
document.title = question.name + " asks for permission";
byId("title").textContent = question.name + " wants to use your " + question.asksFor;
byId("path").textContent = question.path ?? "a script without a file";
byId("kinds").append(...question.kinds.map((kind) => kindSection(kind, question.hasPreview)));
for (const choice of question.canRemember ? ["once", "always", "block"] : ["once", "block"]) {
  const className = choice === "block" ? "" : "allow";
  const button = make("button", choiceWords[choice], { type: "button", className });
  button.addEventListener("click", () => void answer(choice));
  byId("choices").append(button);
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") void answer("none");
});
`;
