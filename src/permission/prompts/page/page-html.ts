import { loopbackPage } from "../../../loopback/loopback-page.ts";

/** The prompt's page. It holds nothing of the question: the script fetches that, as text. */
export const pageHtml = loopbackPage(
  "Permission",
  `<main aria-live="polite">
<h1 id="title"></h1>
<p id="path"></p>
<section id="kinds"></section>
<div id="choices" role="group" aria-label="Your decision"></div>
<p id="hint">Closing this page decides nothing: the program waits.</p>
</main>`,
);
