import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { messageOf } from '../../src/shared/thrown.js';

test.each([
  [new TypeError('no'), 'no'],
  [new Error(''), ''],
  [vm.runInNewContext("new Error('elsewhere')"), 'elsewhere'],
  [{ message: 'plain', code: 1 }, 'plain'],
  ['text', 'text'],
  [404, '404'],
  [undefined, 'undefined'],
  [null, 'null'],
  [Symbol('a'), 'Symbol(a)'],
  [{ code: 1 }, '[object Object]'],
  [{ message: 1 }, '[object Object]'],
  [Object.create(null), '[object Object]'],
])('the message of %p is told', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

const sources = join(__dirname, '../../src');

/** Takes any thrown value for an error, to read a member: `undefined` and `null` have none. */
const TRUSTS =
  /\((?:error|cause|thrown|reason)[^()]* as Error\)\.|\bconst \{[^}]*\} = \(?(?:error|cause|thrown)\b.* as Error\b/;

test('no source takes what was thrown for an error, to read its message', () => {
  const paths = (readdirSync(sources, { recursive: true }) as string[]).filter(
    // In browsers, only its own code throws.
    (path) => path.endsWith('.ts') && !path.startsWith(join('openapi', 'page')),
  );
  expect(paths).toContain('index.ts');
  expect(
    paths.filter((path) => TRUSTS.test(readFileSync(join(sources, path), 'utf8').replaceAll('Object(error) as', ''))),
  ).toEqual([]);
});
