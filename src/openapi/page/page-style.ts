/** The style of the page, light and dark as the reader has it. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --ground: light-dark(#fff, #12161c); --raised: light-dark(#f6f7f9, #1a2029); --line: light-dark(#dfe3e8, #313a47);
  --text: light-dark(#1c2430, #e6eaf0); --quiet: light-dark(#566171, #a3b0c0); --field: light-dark(#7d8897, #6f7d90);
  --accent: light-dark(#2f50c4, #8fb0ff); --onaccent: light-dark(#fff, #0c1220);
  --green: light-dark(#17663a, #6fd69a); --blue: light-dark(#2450b8, #8fb0ff); --amber: light-dark(#7f5200, #f0bd62);
  --violet: light-dark(#7136ae, #cfa3ff); --red: light-dark(#b3261e, #ff958c);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-behavior: smooth; }
body { margin: 0; display: grid; grid-template-columns: 18rem minmax(0, 1fr); background: var(--ground);
  color: var(--text); font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.3; }
p, ul, ol, blockquote { margin: .4rem 0; }
a { color: var(--accent); }
small, .quiet { color: var(--quiet); font-size: .87em; }
code, pre, textarea { font-family: var(--mono); font-size: .9em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.skip:focus { position: fixed; left: 1em; top: 1em; z-index: 2; background: var(--ground); padding: .5em; }
.scrolling { overflow-x: auto; }

.bar { display: none; }
nav { position: sticky; inset: 0 auto auto 0; width: auto; height: 100vh; margin: 0; overflow-y: auto; padding: 1.25rem;
  display: block; color: inherit; background: var(--raised); border: 0; border-right: 1px solid var(--line); }
nav h2 { margin: 1.3rem 0 .3rem; font-size: .95rem; }
nav h2 a { padding: .1rem .35rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { color: inherit; text-decoration: none; border-radius: 5px; overflow-wrap: anywhere; }
nav li a { display: flex; gap: .5rem; align-items: baseline; padding: .25rem .35rem; font-size: .92em; }
nav a:hover { background: var(--line); }
nav a[aria-current] { background: var(--line); font-weight: 600; }
nav .verb { flex: 0 0 3.4rem; }
nav .old span:last-child { text-decoration: line-through; }
nav p { margin: .3rem 0 0; }
nav section:first-of-type { margin-top: 1rem; }

main { padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; max-width: 90rem; outline: 0; }
h1 { margin: 0 0 .5rem; font-size: 1.9rem; overflow-wrap: anywhere; }
h1 small { font-size: .5em; font-weight: 500; vertical-align: middle; border: 1px solid var(--line);
  border-radius: 1em; padding: .15em .6em; }
main h2 { margin: 0 0 .6rem; font-size: 1.25rem; }
.tag { margin-top: 2.5rem; scroll-margin-top: 1rem; }
h4 { margin: 1.3rem 0 .4rem; font-size: .95rem; }
h5, h6 { margin: .8rem 0 .3rem; font-size: .9rem; }
.inside > div > h4:first-child, .try > h4:first-child { margin-top: .8rem; }
.lead { font-size: 1.1rem; color: var(--quiet); }
header > .markdown, .tag > .markdown { max-width: 50rem; }
.links span { margin-right: 1.2rem; }
.note { padding: .6rem .8rem; border-left: 3px solid var(--amber); background: var(--raised); }
.markdown { overflow-wrap: anywhere; }
.markdown[data-markdown] { white-space: pre-line; }
.markdown > :first-child { margin-top: 0; }
.markdown > :last-child { margin-bottom: 0; }
.markdown :is(h2, h3, h4, h5, h6) { margin: 1.1rem 0 .4rem; }
.markdown pre { white-space: pre; overflow-wrap: normal; }
.markdown li > p { margin: .1rem 0; }
.markdown ul, .markdown ol { padding-left: 1.4rem; }
.markdown blockquote { margin-left: 0; padding-left: .9rem; border-left: 3px solid var(--line); color: var(--quiet); }
.markdown hr { border: 0; border-top: 1px solid var(--line); }
.markdown table { border-collapse: collapse; font-size: .93em; }
.markdown th, .markdown td { text-align: left; padding: .3rem .7rem; border: 1px solid var(--line); }
:not(pre) > code:not(.path, .name) { background: var(--raised); border-radius: 4px; padding: .1em .3em; }
li .markdown { font-size: .93em; }

.panel { margin-top: 1.5rem; padding: 1rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 8px; scroll-margin-top: 1rem; }
.panel h2 { font-size: 1.05rem; }
.panel p { margin: .6rem 0 0; }
.scheme .quiet ul { padding-left: 1.2rem; }
.scheme label + label { margin-top: .5rem; }
.scheme b { font-weight: 500; font-size: .9em; }
.server { display: block; max-width: 32rem; margin-top: 1rem; }
.card { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; scroll-margin-top: 1rem; }
.card > summary { display: flex; flex-wrap: wrap; gap: .2rem .75rem; align-items: baseline; padding: .6rem .9rem;
  cursor: pointer; list-style: none; border-radius: 7px; }
.card > summary::-webkit-details-marker { display: none; }
.card > summary:hover, .card[open] > summary { background: var(--raised); }
.card[open] > summary { border-bottom: 1px solid var(--line); border-radius: 7px 7px 0 0; }
h3 { margin: 0; font-size: .95rem; overflow-wrap: anywhere; }
.operation h3 { display: flex; gap: .75rem; align-items: baseline; }
.summary { color: var(--quiet); flex: 1; min-width: 10rem; }
.inside { padding: .6rem .9rem 1rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem; padding-top: 0; }
.columns > div > .markdown:first-child { margin-top: .8rem; }
.verb { font: 700 .72rem/1.6 var(--mono); flex: 0 0 4rem; color: var(--quiet); letter-spacing: .02em; }
.get { color: var(--green); } .post { color: var(--blue); } .put { color: var(--amber); }
.patch { color: var(--violet); } .delete { color: var(--red); }
.lock { flex: none; width: .8em; height: .85em; align-self: center; background: currentColor; color: var(--quiet);
  mask: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 17'%3E%3Cpath \
d='M3 7V5a5 5 0 0 1 10 0v2h1v10H2V7zm2 0h6V5a3 3 0 0 0-6 0z'/%3E%3C/svg%3E") center / contain no-repeat; }

.schema { list-style: none; margin: .3rem 0; padding: 0; border-top: 1px solid var(--line); }
.schema > li { padding: .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.nested .schema { border-top: 0; border-left: 2px solid var(--line); padding-left: .8rem; }
.nested .schema > li:last-child { border-bottom: 0; }
summary { cursor: pointer; }
.nested > summary, .example > summary { padding: .2rem 0; font-size: .87em; color: var(--quiet); width: fit-content; }
.name { font-weight: 600; }
.type { color: var(--violet); font-size: .88em; }
.type a { color: inherit; }
.limit { color: var(--quiet); font-size: .87em; }
.limit::before { content: '\\00b7  '; }
.required, .deprecated { font-size: .8rem; font-weight: 400; color: var(--red); }
.media { font-size: .9em; color: var(--quiet); }
.response { margin: 0; padding: .35rem 0; border-bottom: 1px solid var(--line); }
p.response { padding-left: 1.05rem; }
.response > :not(summary):not(span) { margin-left: 1.05rem; }
.status { font-weight: 700; font-family: var(--mono); font-size: .93em; }
.s2 { color: var(--green); } .s3 { color: var(--blue); } .s4 { color: var(--amber); } .s5 { color: var(--red); }
pre { margin: .3rem 0 .6rem; padding: .7rem .9rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; overflow: auto; max-height: 28rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.j-key { color: var(--blue); } .j-text { color: var(--green); } .j-number { color: var(--amber); }
.j-word { color: var(--violet); }

.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: .6rem 1rem; }
.fields > p { grid-column: 1 / -1; margin: 0; }
label { display: block; font-size: .9em; }
label.wide { margin-top: .6rem; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 0; }
fieldset .fields { margin-top: .6rem; }
input, select, textarea { width: 100%; margin-top: .2rem; padding: .45rem .6rem; color: var(--text);
  background: var(--ground); border: 1px solid var(--field); border-radius: 6px; font-size: .9rem; }
textarea { display: block; resize: vertical; line-height: 1.45; }
button { padding: .45rem 1.1rem; color: var(--onaccent); background: var(--accent); border: 1px solid transparent;
  border-radius: 6px; font: 600 .9rem system-ui, sans-serif; cursor: pointer; }
button:disabled { opacity: .6; cursor: progress; }
.plain, .tab { color: var(--text); background: var(--ground); border-color: var(--field); font-weight: 500;
  padding: .25rem .7rem; font-size: .82rem; }
.actions, .outcome { margin: .8rem 0 .4rem; }
.outcome:empty { display: none; }
.sent { font: .85em var(--mono); color: var(--quiet); overflow-wrap: anywhere; }
.row { display: flex; justify-content: space-between; align-items: center; margin-top: .6rem; }
.row h5 { margin: 0; }
.code { white-space: pre; overflow-wrap: normal; }
.tab { border-color: transparent; background: none; }
.tab[aria-pressed=true] { background: var(--raised); border-color: var(--line); font-weight: 600; }

@media (max-width: 75rem) { .columns { grid-template-columns: minmax(0, 1fr); gap: 0; } }
@media (max-width: 50rem) {
  body { display: block; }
  .bar { position: sticky; top: 0; z-index: 1; display: flex; gap: .8rem; align-items: center; padding: .5rem 1rem;
    background: var(--raised); border-bottom: 1px solid var(--line); }
  .bar b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  nav { position: fixed; width: min(20rem, 85vw); height: 100dvh; max-height: none; display: none; }
  nav:popover-open { display: block; }
  nav::backdrop { background: rgb(0 0 0 / .4); }
  main { padding-top: 1.2rem; }
  .card, .panel, .tag { scroll-margin-top: 4rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print { nav, .bar, .try, .panel { display: none; } body { display: block; } }
`;
