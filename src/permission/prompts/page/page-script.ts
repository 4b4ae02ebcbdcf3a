/**
 * What the prompt's page does, as a browser runs it after {@link loopbackScript}. Whatever comes
 * from the program or from a device is set as text, never as markup.
 */
export const pageScript = String.raw`
const words = { camera: "camera", microphone: "microphone", "display-capture": "screen" };
const choiceWords = { once: "Allow once", always: "Allow always", block: "Block" };
const make = (tag, text, properties = {}) =>
  Object.assign(document.createElement(tag), { textContent: text ?? "" }, properties);
const picked = {};
const running = new Map();
const watching = new AbortController();
let isAnswering = false;

function finish(text) {
  for (const controller of running.values()) controller.abort();
  byId("title").textContent = text;
  for (const id of ["path", "kinds", "choices"]) byId(id).replaceChildren();
  byId("hint").textContent = "You can close this page.";
  watching.abort();
}

async function answer(choice) {
  isAnswering = true;
  const response = await post("/answer", { choice, devices: picked }).catch(() => undefined);
  if (!response?.ok) finish("The program doesn't wait for an answer any more");
  else finish({ block: "Blocked", none: "Nothing was decided" }[choice] ?? "Allowed");
}

async function showPictures(path, canvas, signal) {
  const context = canvas.getContext("2d");
  for await (const record of records(path, signal)) {
    const view = new DataView(record.buffer);
    const [width, height] = [view.getUint32(0), view.getUint32(4)];
    const pixels = new Uint8ClampedArray(record.buffer, 8);
    Object.assign(canvas, { width, height });
    context.putImageData(new ImageData(pixels, width, height), 0, 0);
    canvas.dataset.pictures = Number(canvas.dataset.pictures ?? 0) + 1;
  }
}

async function showLevels(path, meter, signal) {
  for await (const line of lines(path, signal)) meter.value = Number(line);
}

/** Until the program asks no more; an answer ends that too, and has its own words. */
async function watch() {
  try {
    for await (const line of lines("/events", watching.signal)) if (line === "withdrawn") break;
  } catch {
    if (watching.signal.aborted) return;
  }
  if (!isAnswering) finish("The program doesn't ask any more");
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

async function show(question) {
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
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") void answer("none");
});

const response = await ask("/question");
if (response.ok) {
  void watch();
  show(await response.json());
} else {
  finish("A question's address works once, in one browser");
}
`;
