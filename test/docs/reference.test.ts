import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedNames } from '../package/exported-names.js';
import { entries, repository } from '../package/manifest.js';
import { declaredNames, guideLinksOf, isAbout } from './guide-links.js';
import { readPages } from './markdown.js';
import { documentedOn, membersOf } from './reference-pages.js';
import { codeWords } from './words.js';

const pages = readPages(repository);
const isReference = (path: string) => path.startsWith(join('docs', 'reference'));
const guides = pages.filter(({ path }) => !isReference(path) && !path.startsWith(join('docs', 'decisions')));
const inGuides = codeWords(guides);
const reference = entries.map(({ name, source }) => {
  const file = `${name.replace('lambent/', '')}.md`;
  const page = pages.find(({ path }) => path === join('docs', 'reference', file));
  return { name, source, documented: page ? documentedOn(page) : [] };
});
const all = reference.flatMap(({ documented }) => documented);

beforeAll(() => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('The reference is made of the build: run `npm run build` first.');
});

test('the reference says what the sources say', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'scripts/reference.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

describe.each(reference)('$name', ({ source, documented }) => {
  const exported = exportedNames(readFileSync(join(repository, 'src', source), 'utf8'));

  test('has every name on its page of the reference', () => {
    const names = exported.map((name) => name.replace('type ', '')).toSorted();
    expect(documented.map(({ name }) => name).toSorted()).toEqual(names);
  });

  test('has a docstring and a declaration for every name', () => {
    const bare = documented.filter(({ docstring, declaration }) => docstring === '' || declaration === '');
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test('has every class, function and constant in a guide', () => {
    const values = exported.filter((name) => !name.startsWith('type '));
    expect(values.filter((name) => !inGuides.has(name))).toEqual([]);
  });
});

describe('the links from names to guides', () => {
  const links = pages.filter(({ path }) => isReference(path)).flatMap(guideLinksOf);
  const declared = new Set(declaredNames(repository));
  const shown = ({ name, page, anchor }: (typeof links)[number]) => `${name}: ${page}#${anchor}`;

  test('lead to sections about the names, or are declared', () => {
    expect(links.length).toBeGreaterThan(150);
    const wrong = links.filter(({ name, page, anchor }) => {
      const guide = pages.find(({ path }) => path === page)!;
      return !declared.has(name) && !name.endsWith('Exception') && !isAbout(guide, anchor, name);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  test('never lead to pages that compare, introduce or decide', () => {
    const others = /docs\/(decisions\/|cookbook\/|coming-from|getting-started|glossary|architecture|why-)/;
    expect(links.filter(({ page }) => others.test(page)).map(shown)).toEqual([]);
  });

  test.each([
    ['UseGuards', 'docs/pipeline.md', 'guards'],
    ['UseFilters', 'docs/pipeline.md', 'exception-filters'],
    ['Request', 'docs/controllers-and-parameters.md', 'the-request-object'],
    ['NotFoundException', 'docs/errors.md', 'http-exceptions'],
    ['OnSqs', 'docs/events/sqs.md', undefined],
  ])('%s leads to %s', (name, page, anchor) => {
    expect(links).toContainEqual({ name, page, anchor });
  });
});

test('every option that a function or a decorator takes is in a guide', () => {
  const options = all.filter(
    ({ name, declaration }) => /(Options|Criteria|Config)$/.test(name) && declaration.startsWith('interface'),
  );
  expect(options.length).toBeGreaterThan(30);
  const missing = options.flatMap((one) =>
    membersOf(one)
      .filter((member) => !inGuides.has(member))
      .map((member) => `${one.name}.${member}`),
  );
  expect(missing).toEqual([]);
});

test('every setting is in a guide', () => {
  const settings = membersOf(all.find(({ name }) => name === 'Settings')!);
  expect(settings).toContain('FUNCTION_TIMEOUT');
  expect(settings.filter((name) => !inGuides.has(name))).toEqual([]);
});

describe('the command line', () => {
  test('has every command in a guide', () => {
    expect(commands()).toContain('generate');
    expect(commands().filter((name) => !inGuides.has(name))).toEqual([]);
  });

  test('has every flag, kind and source of every command in a guide', () => {
    const texts = commands().map((command) => [command, help(command)] as const);
    const missing = texts.flatMap(([command, text]) => {
      const flags = text.match(/--[a-z][a-z-]*/g) ?? [];
      const named = ['Kinds', 'Sources'].flatMap((title) => sectionOf(text, title).match(/^ {2}[\w-]+/gm) ?? []);
      const words = [...flags, ...named.map((name) => name.trim())];
      return [...new Set(words)]
        .filter((word) => word !== '--help' && !inGuides.has(word))
        .map((word) => `${command} ${word}`);
    });
    expect(missing).toEqual([]);
  });
});

function commands(): string[] {
  return Array.from(sectionOf(help(), 'Commands').matchAll(/^ {2}(\w+)/gm), ([, name]) => name!);
}

function help(...args: string[]): string {
  return execFileSync(process.execPath, [join(repository, 'dist/esm/cli/main.js'), ...args, '--help'], {
    encoding: 'utf8',
  });
}

/** The lines below a title, up to the next empty one. */
function sectionOf(text: string, title: string): string {
  return new RegExp(`^${title}:\\n((?: .*\\n?)*)`, 'm').exec(text)?.[1] ?? '';
}
