import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';

type Way = 'request' | 'record' | 'dto' | 'provider';

const HEADINGS: Readonly<Record<Way, string>> = {
  request: 'An HTTP request',
  record: 'An SQS record',
  dto: 'A DTO class',
  provider: 'A provider',
};

const page = readFileSync(join(repository, 'docs/architecture.md'), 'utf8');

/** The files that a section of the page names, as in `events/sqs.ts`. */
function filesNamedUnder(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/architecture.md has no section "${heading}"`);
  return [...section.matchAll(/`([a-z0-9/-]+\.ts)`/g)].map(([, path]) => path as string);
}

/** The files whose functions run, as a process with the build finds out. */
function filesThatRun(): Readonly<Record<Way, readonly string[]>> {
  const dist = join(repository, 'dist/esm');
  if (!existsSync(dist)) throw new Error('This test follows events through the build: run `npm run build` first.');
  const script = join(__dirname, 'ways.mjs');
  return JSON.parse(execFileSync(process.execPath, [script, dist], { encoding: 'utf8' })) as Record<Way, string[]>;
}

const ran = filesThatRun();

test.each(['request', 'record'] as const)(
  'docs/architecture.md names every file that a warm %s passes through',
  (way) => {
    expect(filesNamedUnder(HEADINGS[way]).toSorted()).toEqual(ran[way].toSorted());
  },
);

test.each(['dto', 'provider'] as const)('every file that docs/architecture.md names for a %s runs', (way) => {
  const named = filesNamedUnder(HEADINGS[way]);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !ran[way].includes(path))).toEqual([]);
});

test('docs/architecture.md has a row for each folder of the sources', () => {
  const folders = readdirSync(join(repository, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(repository, 'src/').length));
  const rows = [...page.matchAll(/^\| `([a-z0-9/-]+)\/` \|/gm)].map(([, path]) => path as string);
  expect(rows.toSorted()).toEqual(folders.toSorted());
});
