import type { PageContent } from "../loopback/loopback-page.ts";

/** The preview's page; its script fills it. */
export const previewContent: PageContent = {
  title: "Preview",
  body: `<main>
<div id="view"><img id="picture" alt="Live picture" hidden><span id="badge" hidden>REC <time id="elapsed"></time></span>
<span id="synthetic" hidden>synthetic</span></div>
<meter id="level" min="-60" max="0" low="-45" high="-6" optimum="-20" value="-60"
  aria-label="Loudness"></meter>
<div id="pickers">
<label>Camera <select id="camera"></select></label>
<label>Size <select id="size"></select></label>
<label>Microphone <select id="microphone"></select></label>
</div>
<div id="buttons">
<button id="snapshot" type="button">Snapshot</button>
<button id="record" type="button">Record</button>
<output id="mode"></output>
</div>
<p id="message" role="status"></p>
<p id="saved" hidden><a id="file" href="#"></a></p>
</main>`,
};
