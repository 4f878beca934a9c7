import { rmSync } from 'node:fs';
import { projectFunctions } from '../../../src/cli/project/package-json.js';
import { Workshop } from '../workshop.js';

let workshop: Workshop;

function projectWith(functions: unknown, ...sources: readonly string[]): string {
  workshop = new Workshop({
    'package.json': JSON.stringify({ lambent: { functions } }),
    ...Object.fromEntries(sources.map((path) => [path, ''])),
  });
  return workshop.folder;
}

afterEach(() => rmSync(workshop.folder, { recursive: true }));

test('without a word there is one function, in src/handler.ts', () => {
  expect(projectFunctions(projectWith(undefined, 'src/handler.ts'))).toEqual({ handler: 'src/handler.ts' });
});

test('package.json names several', () => {
  const functions = { api: 'src/api.ts', 'nightly-jobs': 'src/jobs.ts' };
  expect(projectFunctions(projectWith(functions, 'src/api.ts', 'src/jobs.ts'))).toEqual(functions);
});

test.each([['src/api.ts'], [['src/api.ts']], [{}], [{ api: 1 }], [{ 'no/name': 'src/api.ts' }], [7]])(
  '%j is no list of functions',
  (functions) => {
    expect(() => projectFunctions(projectWith(functions, 'src/api.ts'))).toThrow(
      'must map names to sources, as in { "api": "src/api.ts" }',
    );
  },
);

test('a source that is not there is told with the function and the way out', () => {
  expect(() => projectFunctions(projectWith({ jobs: 'src/jbs.ts' }))).toThrow(
    'src/jbs.ts does not exist. It should export the handler of the function "jobs".',
  );
});

test('a folder is no source', () => {
  expect(() => projectFunctions(projectWith({ api: 'src' }, 'src/api.ts'))).toThrow(
    'src does not exist. It should export the handler of the function "api".',
  );
});
