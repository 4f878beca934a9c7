import { expectFile, type ExportQuery, fileAndName, pickExport } from '../../../src/cli/project/describe-project.js';

const query = (name?: string): ExportQuery => ({
  flag: '--module',
  file: '/p/main.ts',
  name,
  defaultName: 'AppModule',
  fits: (value) => typeof value === 'function',
});
const [First, Second] = [class {}, class {}];

test.each([
  ['src/a.ts', { file: '/p/src/a.ts', name: undefined }],
  ['src/a.ts#B', { file: '/p/src/a.ts', name: 'B' }],
  ['/c#/a.ts#B', { file: '/c#/a.ts', name: 'B' }],
  ['/c#/a.ts', { file: '/c#/a.ts', name: undefined }],
  ['/q/a.ts#default', { file: '/q/a.ts', name: 'default' }],
])('%s names a file and perhaps an export', (text, expected) => {
  expect(fileAndName(text, '/p')).toEqual(expected);
});

test('the named export is taken, else the default one, else the only one that fits', () => {
  expect(pickExport({ First, Second }, query('Second'))).toBe(Second);
  expect(pickExport({ First, AppModule: Second }, query())).toBe(Second);
  expect(pickExport({ First, version: 1 }, query())).toBe(First);
});

test.each([
  [{}, undefined, '/p/main.ts does not export AppModule. It has no suitable export.'],
  [{ First, Second }, undefined, '/p/main.ts does not export AppModule. It exports First, Second.'],
  [{ First }, 'Third', '/p/main.ts does not export Third. It exports First.'],
])('of %o there is no %s to take', (exports, name, message) => {
  expect(() => pickExport(exports, query(name))).toThrow(message);
});

test('a folder is not a file', () => {
  expect(() => expectFile({ ...query(), file: __dirname }, __dirname)).toThrow(
    'is not a file. Pass the right one with --module, as in --module src/main.ts#AppModule.',
  );
});
