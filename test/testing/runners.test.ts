import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../docs/markdown.js';
import { repository } from '../package/manifest.js';

const project = join(__dirname, 'runners');
const tool = (path: string) => join(repository, 'node_modules', path);
const CASES = 6;

function run(script: string, ...args: string[]): string {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, ...args], {
    cwd: project,
    env,
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stdout}\n${stderr}`);
  return stdout;
}

beforeAll(() => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('The runners use the build: run `npm run build` first.');
});

describe('the testing kit', () => {
  test('runs under Jest', () => {
    const output = run(tool('jest/bin/jest.js'), '--config', 'jest.config.js', '--json', 'jest.spec');
    expect(JSON.parse(output)).toMatchObject({ success: true, numPassedTests: CASES, numTotalTests: CASES });
  });

  test('runs under Vitest, without a setting', () => {
    const output = run(tool('vitest/vitest.mjs'), 'run', '--reporter=json', 'vitest.spec');
    expect(JSON.parse(output)).toMatchObject({ success: true, numPassedTests: CASES, numTotalTests: CASES });
    expect(readdirSync(project).filter((name) => name.startsWith('vite'))).toEqual([]);
  });

  test("runs under Node's own runner, compiled by tsc", () => {
    const folder = mkdtempSync(join(project, 'built-'));
    try {
      run(tool('typescript/bin/tsc'), '-p', project, '--outDir', folder);
      const output = run('--test', '--test-reporter=tap', join(folder, 'src/node.spec.js'));
      expect(output).toMatch(new RegExp(`^# pass ${CASES}$`, 'm'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('the page on testing has the configuration of Jest that was tried', () => {
  const lines = readFileSync(join(repository, 'docs/testing.md'), 'utf8').split('\n');
  const blocks = blocksOf({ path: 'docs/testing.md', lines }).map(({ code }) =>
    code.map(({ text }) => text).join('\n'),
  );
  expect(blocks).toContain(readFileSync(join(project, 'jest.config.js'), 'utf8').trimEnd());
});
