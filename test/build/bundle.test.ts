import { circleOf } from '../../src/build/bundle.js';

const files = (imports: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(imports).map(([fileName, imported]) => ({ fileName, imports: imported }));

test.each([
  [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, undefined],
  [{ a: ['node:fs', 'b'], b: [] }, undefined],
  [{ a: ['b'], b: ['a'] }, ['a', 'b', 'a']],
  [
    { handler: ['shared'], shared: ['shared2'], shared2: ['shared3'], shared3: ['shared'] },
    ['shared', 'shared2', 'shared3', 'shared'],
  ],
  [{ a: ['a'] }, ['a', 'a']],
])('%j has the circle %j', (imports, expected) => {
  expect(circleOf(files(imports))).toEqual(expected);
});
