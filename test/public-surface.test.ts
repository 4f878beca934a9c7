import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedNames } from './package/exported-names.js';
import { entries, repository } from './package/manifest.js';

// A name that is added or lost on purpose: npx jest test/public-surface -u
test.each(entries)('the surface of $name is what was agreed', ({ source }) => {
  const text = readFileSync(join(repository, 'src', source), 'utf8');
  expect(exportedNames(text)).toMatchSnapshot();
});

test('names are read with their kind, and only from re-exports', () => {
  const text =
    "export { B, type A, c as D } from './b.js'; export type { E } from './e.js'; export * as F from './f.js';";
  expect(exportedNames(text)).toEqual(['B', 'D', 'F', 'type A', 'type E']);
  expect(() => exportedNames("export * from './g.js'")).toThrow('An entry only re-exports by name');
});
