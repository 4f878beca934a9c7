import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../package/manifest.js';
import { readPages } from './markdown.js';

interface Manifest {
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
}

const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const page = readPages(repository).find(({ path }) => path === join('docs', 'versioning-and-support.md'))!;
const text = page.lines.join('\n');

test('the page of versions has the ranges of the required peers', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(read('package.json')) as Manifest;
  const required = Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional);
  const listed = page.lines.flatMap((line) => Array.from(line.matchAll(/^\| `([\w-]+)` \| `([^`]+)` \|$/g)));
  expect(listed.map(([, name, range]) => [name, range]).toSorted()).toEqual(required.toSorted());
});

test('the page of versions names the compilers and the Node versions that are tested', () => {
  const compilers = /: \[('5[^\]]+)\]/.exec(read('scripts/test-types.mjs'))![1]!.replaceAll("'", '');
  expect(text).toContain(`TypeScript ${compilers.replace(/, (?=[^,]+$)/, ' and ')}, with`);
  const versions = /node: \[([\d, ]+)\]/.exec(read('.github/workflows/ci.yml'))![1]!;
  expect(text).toContain(`| ${versions} | each change`);
});
