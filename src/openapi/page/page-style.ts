/** The style of the page, light and dark as the reader has it. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --ground: #fff; --raised: #f6f7f9; --line: #dfe3e8; --text: #1c2430; --quiet: #5b6675; --accent: #3355cc;
  --onaccent: #fff;
  --get: #1a6b3c; --post: #2450b8; --put: #8a5a00; --patch: #7a3db8; --delete: #b3261e; --other: #5b6675; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #12161c; --raised: #1a2029; --line: #313a47; --text: #e6eaf0; --quiet: #9daabb; --accent: #8fb0ff;
  --onaccent: #0c1220;
  --get: #6fd69a; --post: #8fb0ff; --put: #f0bd62; --patch: #cfa3ff; --delete: #ff958c; --other: #9daabb; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0; display: grid; grid-template-columns: 17rem minmax(0, 1fr); background: var(--ground);
  color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.skip { position: absolute; left: -99em; }
.skip:focus { left: 1em; top: 1em; z-index: 1; background: var(--ground); padding: .5em; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.25rem; background: var(--raised);
  border-right: 1px solid var(--line); }
nav label { font-size: .85em; color: var(--quiet); }
nav h2 { margin: 1.4rem 0 .3rem; font-size: .8rem; color: var(--quiet); letter-spacing: .04em;
  text-transform: uppercase; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: .5rem; align-items: baseline; padding: .2rem .35rem; border-radius: 5px; color: inherit;
  text-decoration: none; font-size: .92em; }
nav a:hover { background: var(--line); }
nav .verb { min-width: 3.4rem; }
main { padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 84rem; }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; line-height: 1.2; }
h1 small { font-size: .5em; font-weight: 500; color: var(--quiet); vertical-align: middle;
  border: 1px solid var(--line); border-radius: 1em; padding: .15em .6em; }
main h2 { margin: 2.5rem 0 .6rem; font-size: 1.25rem; }
h4 { margin: 1.2rem 0 .4rem; font-size: .95rem; }
p { margin: .4rem 0; }
a { color: var(--accent); }
small, .quiet { color: var(--quiet); font-size: .82em; }
code, pre, textarea { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .9em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.note { padding: .6rem .8rem; border-left: 3px solid var(--put); background: var(--raised); }
.operation { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; background: var(--ground);
  scroll-margin-top: 1rem; }
.operation > summary { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: baseline; padding: .6rem .9rem;
  cursor: pointer; list-style: none; border-radius: 8px; }
.operation > summary::-webkit-details-marker { display: none; }
.operation > summary:hover, .operation[open] > summary { background: var(--raised); }
.operation[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; }
.path { font-weight: 600; font-size: .95em; }
.summary { color: var(--quiet); flex: 1; min-width: 10rem; }
.deprecated, .lock { font-size: .78em; border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em;
  color: var(--quiet); }
.deprecated { color: var(--delete); }
.verb { font: 700 .72rem/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; min-width: 4rem;
  color: var(--other); letter-spacing: .02em; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); }
  .delete { color: var(--delete); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; padding: .3rem .9rem 1rem; }
.schema { list-style: none; margin: .3rem 0; padding: 0; border-top: 1px solid var(--line); }
.schema li { padding: .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.schema .schema { margin: .4rem 0 0 .6rem; padding-left: .8rem; border-top: 0; border-left: 2px solid var(--line); }
.schema .schema li:last-child { border-bottom: 0; }
.name { font-weight: 600; }
.type { color: var(--patch); font-size: .88em; }
.limit { color: var(--quiet); font-size: .85em; }
.limit::before { content: '\\00b7  '; }
.required { color: var(--delete); font-size: .8em; }
.about { display: block; font-size: .92em; }
.media { font-size: .88em; color: var(--quiet); margin-top: .5rem; }
.response { border-bottom: 1px solid var(--line); }
.response > summary, .example > summary { cursor: pointer; padding: .35rem 0; }
.example > summary { font-size: .88em; color: var(--quiet); }
.response > :not(summary) { margin-left: 1.1rem; }
.status { font-weight: 700; font-family: ui-monospace, monospace; }
.s2 { color: var(--get); } .s3 { color: var(--post); } .s4 { color: var(--put); } .s5 { color: var(--delete); }
pre { margin: .3rem 0 .6rem; padding: .7rem .9rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; overflow: auto; max-height: 28rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .6rem 1rem; }
.settings { margin-top: 1rem; padding: .9rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 8px; }
.try { position: sticky; top: 1rem; }
.try label, .settings label { display: block; font-size: .9em; }
.try label.wide { margin-top: .6rem; }
input, select, textarea { width: 100%; margin-top: .2rem; padding: .45rem .6rem; color: var(--text);
  background: var(--ground); border: 1px solid var(--quiet); border-radius: 6px; font-size: .9rem; }
textarea { resize: vertical; line-height: 1.45; }
button { padding: .5rem 1.1rem; color: var(--onaccent); background: var(--accent); border: 0; border-radius: 6px;
  font: 600 .92rem system-ui, sans-serif; cursor: pointer; }
button:disabled { opacity: .6; cursor: progress; }
@media (max-width: 70rem) { .columns { grid-template-columns: minmax(0, 1fr); gap: 0; } .try { position: static; } }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; max-height: 45vh;
  border-right: 0; border-bottom: 1px solid var(--line); } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
