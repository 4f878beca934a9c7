// Writes docs/reference/: a page for each entry of the package, with all its exports.
//
//   node scripts/reference.mjs            after `npm run build`
//   node scripts/reference.mjs --check    writes nothing, and fails if a page is out of date
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportedBy } from './reference/declarations.mjs';
import { groupsOf } from './reference/groups.mjs';
import { guideTo, readGuides } from './reference/guides.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs/reference');
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const subpaths = Object.keys(exports).filter((subpath) => !subpath.endsWith('.json'));
const sections = readGuides(root);

const pages = new Map(
  subpaths.map((subpath) => [
    `${subpath === '.' ? 'lambent' : subpath.slice(2).replaceAll('/', '-')}.md`,
    pageOf(subpath),
  ]),
);
const written = existsSync(folder) ? readdirSync(folder) : [];
const strangers = written.filter((name) => !pages.has(name));

if (process.argv.includes('--check')) check();
else write();

function pageOf(subpath) {
  const entry = join('lambent', subpath);
  const names = exportedBy(join(root, 'dist/cjs', subpath, 'index.d.ts'));
  const head = `# ${entry}\n\nEvery name that \`${entry}\` exports, with its declaration and the guide that explains it. Written by
\`npm run reference\` from the sources: change it there.`;
  const groups = groupsOf(names, subpath, join(root, 'src', subpath, 'index.ts'));
  const parts = groups.flatMap(([title, members]) => [
    `## ${title}`,
    members.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`).join(' · '),
    ...members.map((exported) => textOf(exported, { entry, names })),
  ]);
  return `${[head, ...parts].join('\n\n')}\n`;
}

function textOf({ name, docstring, declaration }, page) {
  const guide = guideTo(name, page.entry, sections);
  const see = guide ? `→ [${guide.title}](${guide.link})` : usersOf(name, page.names);
  return [`### ${name}`, docstring, see, `\`\`\`typescript\n${declaration}\n\`\`\``]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** For names that no guide mentions: the names whose declarations use them. */
function usersOf(name, names) {
  const users = names.filter((other) => other.name !== name && new RegExp(`\\b${name}\\b`).test(other.declaration));
  const links = users.slice(0, 5).map((other) => `[\`${other.name}\`](#${other.name.toLowerCase()})`);
  return links.length > 0 ? `→ ${links.join(', ')}` : '';
}

function write() {
  mkdirSync(folder, { recursive: true });
  for (const name of strangers) rmSync(join(folder, name));
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
}

function check() {
  const stale = [...pages].filter(
    ([name, text]) => !written.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const wrong = [...stale.map(([name]) => name), ...strangers];
  if (wrong.length === 0) return;
  console.error(
    `Not as the sources have it: ${wrong.map((name) => `docs/reference/${name}`).join(', ')}. Run \`npm run build && npm run reference\`.`,
  );
  process.exitCode = 1;
}
