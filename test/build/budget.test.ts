import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltFile } from '../../src/build/build-report.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject } from './project.js';

/**
 * What may be loaded before the first event is answered, in kB after minifying. Close to what it is: whoever needs more
 * raises a number here, and says in the commit what for.
 */
const BUDGETS = {
  hello: { entry: 'src/hello.ts', budget: 155 },
  orders: { entry: 'src/orders/handler.ts', budget: 182 },
};

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('This test measures the build: run `npm run build` first.');
  const builds = Object.entries(BUDGETS).map(([name, { entry }]) => [name, { entry, sourcemaps: false }] as const);
  project = await createBuildProject(Object.fromEntries(builds), {});
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

function isLoaded({ role }: BuiltFile): boolean {
  return role !== 'lazy';
}

test.each(Object.entries(BUDGETS))('the bundled application %s keeps to its budget', (name, { budget }) => {
  const { files, lines, failure } = project.built[name]!;
  if (failure) throw new Error(failure.message);
  const bytes = files.filter(isLoaded).reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > budget * 1000)
    throw new Error(`${name} loads ${bytes} bytes, and may load ${budget} kB\n${lines.join('\n')}`);
  // A budget that is much too large would hold nothing.
  expect(bytes).toBeGreaterThan(budget * 850);
});
