import type { oldPages } from "../../scripts/docs-server.ts";

/** What a visitor does on an old page, and sees at last. Expressions are evaluated in the page. */
export interface Scenario {
  /** In order: each waits until its condition holds, and then acts. */
  readonly steps: readonly Step[];
  /** What the visitor sees when it works. */
  readonly seen: string;
}

interface Step {
  readonly when: string;
  /** A selector. */
  readonly click?: string;
  readonly run?: string;
}

const text = (selector: string): string => `document.querySelector("${selector}").textContent`;
const enabled = (selector: string): string => `!document.querySelector("${selector}").disabled`;

const isPlaying = `document.querySelector("video").currentTime > 0`;

/** Whether the canvas has more than one colour. */
const isPicture = `(() => {
  const { width, height } = document.querySelector("canvas");
  const context = document.querySelector("canvas").getContext("2d");
  const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
  return pixels.some((pixel) => pixel !== pixels[0]);
})()`;

export const scenarios: Readonly<Record<(typeof oldPages)[number], Scenario>> = {
  "photo-booth": {
    steps: [
      { when: enabled("#snap"), click: "#snap" },
      // What the first click drew may be from before the first frame with a picture.
      { when: isPicture, click: "#snap" },
    ],
    seen: `document.querySelector("#photo").src.startsWith("data:image/png;base64,")`,
  },
  "audio-meter": {
    steps: [{ when: "true", click: "#start" }],
    seen: `Number(${text("#peak")}) > 0`,
  },
  "source-picker": {
    steps: [
      {
        when: `${text("#message")}.startsWith("Start 1: ") && ${isPlaying}`,
        run: `pick("#videoSource")`,
      },
      { when: `${text("#message")}.startsWith("Start 2: ")` },
    ],
    seen: isPlaying,
  },
  "screen-share": {
    steps: [
      { when: "true", click: "#share" },
      { when: isPlaying, click: "#stop" },
    ],
    seen: `${text("#message")} === "Stopped"`,
  },
  recorder: {
    steps: [
      { when: enabled("#record"), click: "#record" },
      { when: enabled("#stop"), click: "#stop" },
    ],
    seen: `/^blob:/.test(document.querySelector("#download").href) &&
      /^Download \\([1-9]/.test(${text("#download")})`,
  },
};

/** `pick(selector)`: chooses the last option of a select, as its user would. */
export const pick = `globalThis.pick = (selector) => {
  const select = document.querySelector(selector);
  select.selectedIndex = select.options.length - 1;
  select.dispatchEvent(new select.ownerDocument.defaultView.Event("change"));
};`;
