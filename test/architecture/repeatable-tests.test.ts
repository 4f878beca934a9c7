import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chancesIn } from './repeatable-tests.js';

const root = join(__dirname, '..');

/** What `npm test` runs: test/runtime has a command of its own, and this folder's examples are no tests. */
const isTested = (path: string): boolean =>
  /\.[cm]?ts$|\.[cm]?js$/.test(path) &&
  !/^runtime\b|^architecture\/repeatable-tests|node_modules|\/dist\/|\/built-/.test(path);

test('no test measures time or memory, or looks after a time that may be too short', () => {
  const paths = (readdirSync(root, { recursive: true }) as string[]).filter(isTested);
  expect(paths).toContain('application/record-scale.test.ts');
  expect(
    paths.flatMap((path) => chancesIn(readFileSync(join(root, path), 'utf8')).map((found) => `test/${path}:${found}`)),
  ).toEqual([]);
});

test.each([
  ['const start = performance.now();', 'measures time'],
  ['const { user } = process.cpuUsage(start);', 'measures time'],
  ['const begun = process.hrtime.bigint();', 'measures time'],
  ['expect(Date.now() - start).toBeLessThan(100);', 'measures time'],
  ['while (busy && end > Date.now());', 'measures time'],
  ['return process.memoryUsage().heapUsed;', 'measures memory'],
  ['const { used_heap_size } = getHeapStatistics();', 'measures memory'],
  ["expect(line['execution_time']).toBeGreaterThan(5);", 'asserts how long'],
  ['expect(context.getRemainingTimeInMillis()).toBeLessThanOrEqual(5000);', 'asserts how long'],
  ['await later(50);\n  expect(aborted).toEqual([]);', 'sleeps before it looks'],
  ['await new Promise((resolve) => setTimeout(resolve, 200));\n  expect(written).toBe(1);', 'sleeps before it looks'],
  ['await pause(5);\n  await expect(answer).resolves.toBe(1);', 'sleeps before it looks'],
  ['jest.setTimeout(60_000);', 'has a limit of its own'],
  ['}, 30_000);', 'has a limit of its own'],
  ['await fc.assert(property, { interruptAfterTimeLimit: 8000 });', 'stops a property after some time'],
])('the check finds %j', (line, mend) => {
  expect(chancesIn(`\n${line}`)).toEqual([expect.stringMatching(new RegExp(`^2: ${mend}`))]);
});

test.each([
  ["await until('the answer', () => answers.length);\n  expect(answers).toEqual([1]);"],
  ['const now = Date.now();'],
  ['await later(20);\n  done = true;'],
  ['expect(lines.length).toBeGreaterThan(5);'],
])('the check has nothing against %j', (line) => {
  expect(chancesIn(line)).toEqual([]);
});
