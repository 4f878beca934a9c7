import { satisfies } from '../../../src/cli/doctor/version-range.js';

test.each([
  ['0.5.1', '^0.5.1', true],
  ['0.6.0', '^0.5.1', false],
  ['0.0.3', '^0.0.2', false],
  ['4.10.0', '^4.8.0', true],
  ['5.0.0', '^4.8.0', false],
  ['0.15.1', '>=0.14.0 <1', true],
  ['1.0.0', '>=0.14.0 <1', false],
  ['1.2.9', '~1.2.3', true],
  ['1.3.0', '~1.2.3', false],
  ['2.0.0-beta.1', '^1.0.0 || ^2.0.0', true],
  ['1.2.3', '*', true],
  ['1.2.4', '1.2.3', false],
])('%s in %s: %s', (version, range, expected) => {
  expect(satisfies(version, range)).toBe(expected);
});
