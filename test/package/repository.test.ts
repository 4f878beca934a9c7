import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository as root } from './manifest.js';

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

const { engines, ...manifest } = JSON.parse(read('package.json')) as Record<'engines', { node: string }> &
  Record<'repository' | 'homepage' | 'bugs', unknown>;

const ADDRESS = 'https://github.com/lambent-js/lambent';
const workflows = readdirSync(join(root, '.github/workflows')).map(
  (file) => [file, read('.github/workflows', file)] as const,
);

/** The major versions that every check runs on, in the order of the matrix. */
const tested = (
  parse(read('.github/workflows/ci.yml')) as { jobs: { checks: { strategy: { matrix: { node: number[] } } } } }
).jobs.checks.strategy.matrix.node;

test('package.json says where the repository is', () => {
  expect(manifest).toMatchObject({
    repository: { type: 'git', url: `git+${ADDRESS}.git` },
    homepage: `${ADDRESS}#readme`,
    bugs: { url: `${ADDRESS}/issues` },
  });
});

test.each(['bug.yml', 'config.yml'])('%s sends vulnerabilities to the same repository', (file) => {
  expect(read('.github/ISSUE_TEMPLATE', file)).toContain(`${ADDRESS}/security/`);
});

test('engines begins with the oldest Node version that is tested', () => {
  expect(engines.node).toBe(`>=${Math.min(...tested)}`);
});

test('.nvmrc is the newest Node version that is tested', () => {
  expect(read('.nvmrc')).toBe(`${Math.max(...tested)}\n`);
});

test.each(workflows)('%s pins every action to a commit', (_, workflow) => {
  const actions = workflow.split('\n').filter((line) => line.includes('uses:'));
  expect(actions).not.toEqual([]);
  expect(actions.filter((line) => !/ [\w/-]+@[0-9a-f]{40} # v\d+(?:\.\d+)*$/.test(line))).toEqual([]);
});

test.each(workflows)('%s grants no more than read access unless a job asks for it', (_, workflow) => {
  expect([{}, { contents: 'read' }]).toContainEqual((parse(workflow) as { permissions?: unknown }).permissions);
});
