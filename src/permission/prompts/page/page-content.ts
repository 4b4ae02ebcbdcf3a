import type { PageContent } from "../../../loopback/loopback-page.ts";

/** The prompt's page. It holds nothing of the question: the script fetches that, as text. */
export const pageContent: PageContent = {
  title: "Permission",
  body: `<main aria-live="polite">
<h1 id="title"></h1>
<p id="path"></p>
<section id="kinds"></section>
<div id="choices" role="group" aria-label="Your decision"></div>
<p id="hint">Closing this page decides nothing: the program waits.</p>
</main>`,
};

/** The look of the prompt's page. */
export const pageStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: light-dark(#eef0f4, #16181d); }
main { box-sizing: border-box; width: min(32rem, 94vw); padding: 2rem; border-radius: 14px;
  background: light-dark(#fff, #23262e); box-shadow: 0 8px 32px #0003; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
#path { margin: .25rem 0 1.25rem; font: .8rem/1.4 ui-monospace, monospace; opacity: .7;
  overflow-wrap: anywhere; }
.kind { border-top: 1px solid #8884; padding: 1rem 0; }
.kind label { font-weight: 600; display: block; }
.kind select { width: 100%; margin: .35rem 0; padding: .45rem; font: inherit; }
.kind blockquote { margin: .35rem 0; padding-left: .75rem; border-left: 3px solid #8886; opacity: .85;
  overflow-wrap: anywhere; }
.kind button { font: inherit; font-size: .85rem; padding: .25rem .7rem; }
canvas { display: block; width: 100%; border-radius: 8px; background: #000; margin-top: .6rem; }
meter { display: block; width: 100%; height: 1.2rem; margin-top: .6rem; }
#choices { display: grid; gap: .5rem; margin-top: .5rem; }
#choices button { font: inherit; font-weight: 600; padding: .65rem; border-radius: 8px;
  border: 1px solid #8886; cursor: pointer; }
#choices button.allow { background: #1a66d6; border-color: #1a66d6; color: #fff; }
button:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
#hint { margin: 1rem 0 0; font-size: .8rem; opacity: .7; text-align: center; }
`;
