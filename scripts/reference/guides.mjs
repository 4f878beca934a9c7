// Finds the section of the guides that is most about a name, by its mentions in code formatting.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {object} Section
 * @property {string} link From `docs/reference/`, with its anchor.
 * @property {string} title
 * @property {string} path Of the page, in `docs/`.
 * @property {Set<string>} inTitle Words of code spans in the heading.
 * @property {Set<string>} inProse Words of code spans, tables included.
 * @property {Set<string>} inCode Words of code blocks.
 */

/** Returns the sections of all guides, in the order of the links on the index page. */
export function readGuides(root) {
  const index = readFileSync(join(root, 'docs/index.md'), 'utf8');
  const linked = Array.from(index.matchAll(/\]\(([\w/-]+\.md)\)/g), ([, path]) => path);
  const guides = linked.filter((path) => !/^(decisions|reference)\//.test(path));
  return guides.flatMap((path) => sectionsOf(path, readFileSync(join(root, 'docs', path), 'utf8')));
}

/** The guide of each entry. Its names are looked up there first, and names of other entries last. */
const HOMES = {
  'lambent/testing': 'testing.md',
  'lambent/local': 'local.md',
  'lambent/build': 'bundling.md',
  'lambent/cdk': 'deployment.md',
  'lambent/openapi': 'openapi.md',
  'lambent/cache': 'caching.md',
  'lambent/auth': 'authentication.md',
  'lambent/health': 'health.md',
  'lambent/rate-limit': 'rate-limits.md',
  'lambent/config': 'environment-variables.md',
  'lambent/messaging': 'messaging.md',
};

/** Returns the section about a name, or `undefined` when no guide mentions it. */
export function guideTo(name, entry, sections) {
  const atHome = sections.filter(({ path }) => path === HOMES[entry]);
  const ofNone = sections.filter(({ path }) => !Object.values(HOMES).includes(path));
  const ways = ['inTitle', 'inProse', 'inCode'];
  const found = [atHome, ofNone, sections].flatMap((some) =>
    ways.map((way) => some.find((section) => section[way].has(name))),
  );
  return found.find((section) => section !== undefined);
}

function sectionsOf(path, text) {
  const sections = [];
  let fenced = false;
  let page = '';
  for (const line of text.split('\n')) {
    if (/^ *```/.test(line)) fenced = !fenced;
    const heading = fenced ? undefined : /^#+ (.+)$/.exec(line)?.[1];
    if (heading) page ||= heading;
    if (heading) sections.push(newSection(path, heading, page));
    else addWords(sections.at(-1), line, fenced);
  }
  return sections;
}

function newSection(path, heading, page) {
  const title = heading.replaceAll('`', '');
  const spans = Array.from(heading.matchAll(/`([^`]+)`/g), ([, span]) => span);
  const anchor = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  return {
    link: heading === page ? `../${path}` : `../${path}#${anchor}`,
    title: heading === page ? title : `${page.replaceAll('`', '')}: ${title}`,
    path,
    inTitle: wordsOf(spans.join(' ')),
    inProse: new Set(),
    inCode: new Set(),
  };
}

function addWords(section, line, fenced) {
  if (!section) return;
  if (fenced) for (const word of wordsOf(line)) section.inCode.add(word);
  else for (const [, span] of line.matchAll(/`([^`]+)`/g)) for (const word of wordsOf(span)) section.inProse.add(word);
}

function wordsOf(text) {
  return new Set(text.match(/[\w$]+/g));
}
