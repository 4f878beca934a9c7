import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unifiedDiff } from '../../../src/cli/files/unified-diff.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

test('shows what changed with three lines around it', () => {
  const after = text(letters.flatMap((letter) => (letter === 'k' ? ['k', 'NEW'] : [letter])));
  expect(unifiedDiff('src/a.ts', text(letters), after)).toBe(
    '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -9,6 +9,7 @@\n i\n j\n k\n+NEW\n l\n m\n n\n',
  );
});

test('changes that are far apart are in hunks of their own', () => {
  const after = text(['FIRST', ...letters, 'LAST']);
  const diff = unifiedDiff('a', text(letters), after);
  expect(diff).toContain('@@ -1,3 +1,4 @@\n+FIRST\n a\n');
  expect(diff).toContain('@@ -24,3 +25,4 @@\n x\n y\n z\n+LAST\n');
});

test('a new file comes from nowhere', () => {
  expect(unifiedDiff('a.ts', undefined, 'one\ntwo\n')).toBe('--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,2 @@\n+one\n+two\n');
});

test('a last line without an end is marked', () => {
  expect(unifiedDiff('a', 'one', 'one\n')).toContain('-one\n\\ No newline at end of file\n+one\n');
});

test('git makes the new texts of the old ones with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lambent-diff-'));
  const line = fc.constantFrom('a', 'b', 'c', '', '}', 'é😀', 'x\r');
  const file = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', ''))
    .map(([lines, end]) => (lines.length === 0 ? '' : lines.join('\n') + end));
  const pairs = fc
    .sample(fc.tuple(file, file), { numRuns: 150, seed: 5 })
    .filter(([before, after]) => before !== after && before !== '' && after !== '');
  pairs.forEach(([before], index) => writeFileSync(join(folder, `${index}.txt`), before));
  const diff = pairs.map(([before, after], index) => unifiedDiff(`${index}.txt`, before, after)).join('');
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff });
  expect(pairs.map((_pair, index) => readFileSync(join(folder, `${index}.txt`), 'utf8'))).toEqual(
    pairs.map(([, after]) => after),
  );
  rmSync(folder, { recursive: true });
});
