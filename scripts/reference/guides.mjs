// Finds the section of the guides whose subject is a name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DECLARED_LINKS, HTTP_EXCEPTIONS } from './declared-links.mjs';

/**
 * @typedef {object} Section
 * @property {string} link From `docs/reference/`, with its anchor.
 * @property {string} title
 * @property {string} path Of the page, in `docs/`.
 * @property {string} heading
 * @property {string[]} lines Up to the next heading.
 */

/** Pages that mention names to compare or to explain Lambent itself. Who looks a name up is not helped by them. */
const ABOUT_OTHERS =
  /^(index|coming-from.*|migration.*|getting-started|installation|sizing|why.*|faq|glossary|architecture|benchmarks|how-it-compiles|troubleshooting|versioning|security)\.md$|^(decisions|reference|cookbook|deploy)\//;

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

/** Returns the sections of all guides, in the order of the links on the index page. */
export function readGuides(root) {
  const index = readFileSync(join(root, 'docs/index.md'), 'utf8');
  const linked = Array.from(index.matchAll(/\]\(([\w/-]+\.md)\)/g), ([, path]) => path);
  const guides = linked.filter((path) => !ABOUT_OTHERS.test(path));
  return guides.flatMap((path) => sectionsOf(path, readFileSync(join(root, 'docs', path), 'utf8')));
}

/** Returns the section whose subject is a name, or `undefined`. */
export function guideTo(name, entry, sections) {
  const declared = DECLARED_LINKS[name] ?? (HTTP_EXCEPTIONS.names.test(name) ? HTTP_EXCEPTIONS.link : undefined);
  if (declared && entry === 'lambent') return declaredSection(name, declared, sections);
  const rated = sections
    .map((section) => ({ section, rate: rateOf(section, name, HOMES[entry]) }))
    .filter(({ rate }) => rate > 0);
  return rated.toSorted((one, other) => other.rate - one.rate)[0]?.section;
}

function declaredSection(name, link, sections) {
  const section = sections.find((one) => one.link === `../${link}`);
  if (!section) throw new Error(`scripts/reference/declared-links.mjs: no guide has ${link}, which ${name} links to`);
  return section;
}

/** Rates a section by its subject, then by its page, then by how often it mentions the name. */
function rateOf(section, name, home) {
  const subject = subjectOf(section, name);
  const isForeign = section.path !== home && Object.values(HOMES).includes(section.path);
  if (subject === 0 || (isForeign && subject < 3)) return 0;
  return (section.path === home ? 5 : 0) + subject + mentions(section, name) / 1000;
}

/**
 * Says how much a name is the subject of a section: 4 if its heading has the name, 3 if its heading says it in words, 2
 * if a row of a table or an item of a list is about it, 1 if the first paragraph is, 0 otherwise.
 */
function subjectOf({ heading, lines }, name) {
  const span = new RegExp(`\`@?${name.replaceAll('$', '\\$')}\\b`);
  if (span.test(heading)) return 4;
  const mentioned = lines.some((line) => span.test(line) || new RegExp(`\\b${name}\\b`).test(line));
  if (mentioned && inWords(heading, name)) return 3;
  const item = new RegExp(`^ *(?:\\||- (?:\\*\\*)?)[^|:]*\`@?${name.replaceAll('$', '\\$')}\\b`);
  if (lines.some((line) => item.test(line))) return 2;
  const paragraph = lines.slice(0, lines.indexOf('', 1) + 1 || undefined);
  return paragraph.some((line) => span.test(line)) ? 1 : 0;
}

/** Whether a heading is the words of a name, or of what it ends with: "Guards" of `UseGuards`. */
function inWords(heading, name) {
  const said = wordsOf(heading.replace(/^(the|a) | (object|class)$/gi, ''));
  const named = wordsOf(name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '));
  return said.length > 0 && named.join(' ').endsWith(said.join(' ')) && named.length - said.length < 2;
}

function wordsOf(text) {
  return (text.toLowerCase().match(/[a-z\d]+/g) ?? []).map((word) => word.replace(/(?<=..)s$/, ''));
}

function mentions({ lines }, name) {
  const word = new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`);
  return lines.filter((line) => word.test(line)).length;
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
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

function newSection(path, heading, page) {
  const title = heading.replaceAll('`', '');
  const anchor = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
  return {
    link: heading === page ? `../${path}` : `../${path}#${anchor}`,
    title: heading === page ? title : `${page.replaceAll('`', '')}: ${title}`,
    path,
    heading,
    lines: [],
  };
}
