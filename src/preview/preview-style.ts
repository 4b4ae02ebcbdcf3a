/** The look of the preview's page. */
export const previewStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: light-dark(#eef0f4, #16181d); }
main { box-sizing: border-box; width: min(44rem, 96vw); padding: 1.25rem; border-radius: 14px;
  background: light-dark(#fff, #23262e); box-shadow: 0 8px 32px #0003; }
#view { position: relative; min-height: 8rem; border-radius: 8px; overflow: hidden;
  background: #000; }
#picture { display: block; width: 100%; }
#badge { position: absolute; top: .75rem; right: .75rem; padding: .1rem .6rem; border-radius: 1rem;
  background: #c8102e; color: #fff; font-weight: 700; font-size: .8rem; }
#synthetic { position: absolute; top: .75rem; left: .75rem; padding: .1rem .6rem;
  border-radius: 1rem; background: #f5a623; color: #000; font-weight: 700; font-size: .8rem; }
#saved { margin: .2rem 0 0; font-size: .85rem; overflow-wrap: anywhere; }
[hidden] { display: none !important; }
meter { display: block; width: 100%; height: 1.2rem; margin: .6rem 0; }
#pickers { display: grid; grid-template-columns: 2fr 1fr 2fr; gap: .75rem; }
label { font-size: .8rem; font-weight: 600; }
select { display: block; width: 100%; padding: .4rem; font: inherit; font-weight: 400; }
#buttons { display: flex; gap: .6rem; align-items: center; margin-top: 1rem; }
button { font: inherit; font-weight: 600; padding: .5rem 1.1rem; border-radius: 8px;
  border: 1px solid #8886; cursor: pointer; }
#record { background: #c8102e; border-color: #c8102e; color: #fff; }
button:focus-visible, select:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
#mode { margin-left: auto; font-size: .85rem; opacity: .7; }
#message { min-height: 1.5em; margin: .6rem 0 0; font-size: .85rem; overflow-wrap: anywhere; }
`;
