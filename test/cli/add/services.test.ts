import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '../../../src/cli/files/templates/services/service-list.js';
import { repository } from '../../package/manifest.js';
import { Workshop } from '../workshop.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

// A new project for each service, and for each test runner one that has them all. Their packages are links to those of this repository, and
// only what their package.json names is there.
const workshop = new Workshop();
const NAMES = Object.keys(SERVICES);
const RUNNERS = ['jest', 'vitest'];
const PROJECTS = [...NAMES, ...RUNNERS];

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

function manifest(project: string): Manifest {
  return JSON.parse(workshop.read(`${project}/package.json`)) as Manifest;
}

async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const options = { cwd: join(workshop.folder, cwd), env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' } };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [join(repository, program), ...args],
      options,
    );
    return stdout + stderr;
  } catch (error) {
    const { message, stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}

beforeAll(async () => {
  for (const project of PROJECTS) {
    const all = RUNNERS.includes(project);
    await workshop.call(`new ${project} --yes --no-install --test-runner ${all ? project : 'jest'}`);
    // New projects have a health check already.
    const module = workshop.read(`${project}/src/app.module.ts`).replace(/^.*HealthModule.*\n/gm, '');
    workshop.write(`${project}/src/app.module.ts`, module);
    for (const name of all ? NAMES : [project]) {
      const { exitCode, complained } = await workshop.call(`add ${name} --no-install`, { cwd: project });
      expect([exitCode, complained]).toEqual([0, '']);
    }
    const { dependencies, devDependencies } = manifest(project);
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const target = join(workshop.folder, project, 'node_modules', name);
      mkdirSync(dirname(target), { recursive: true });
      symlinkSync(name === 'lambent' ? repository : join(repository, 'node_modules', name), target, 'dir');
    }
  }
});

afterAll(() => rmSync(workshop.folder, { recursive: true }));

test.each(PROJECTS)('%s has right types', async (project) => {
  expect(await run('node_modules/typescript/bin/tsc', [], project)).toBe('');
});

// Each has a test of its own beside the two of the example.
test('all tests pass with Jest', async () => {
  const output = await run('node_modules/jest/bin/jest.js', ['--maxWorkers=2'], 'jest');
  expect(output).toContain(`Test Suites: ${NAMES.length + 2} passed, ${NAMES.length + 2} total`);
});

test('all tests pass with Vitest', async () => {
  const output = await run('node_modules/vitest/vitest.mjs', ['run', '--maxWorkers=2'], 'vitest');
  expect(output).toMatch(new RegExp(`Test Files +${NAMES.length + 2} passed`));
});

test('they are formatted, and the linter finds nothing', async () => {
  const formatted = await run('node_modules/oxfmt/bin/oxfmt', ['--check'], 'jest');
  expect(formatted).toContain('All matched files use the correct format.');
  const linted = await run('node_modules/oxlint/bin/oxlint', ['--deny-warnings', 'src'], 'jest');
  expect(linted).toContain('Found 0 warnings and 0 errors.');
});

test.each(NAMES)('%s is planned in the build', async (name) => {
  expect(await run('dist/esm/cli/main.js', ['build', '--explain'], name)).toContain('handler is planned in the build:');
});

test.each(RUNNERS)('lambent doctor finds nothing in a project with all of them and %s', async (project) => {
  expect(await run('dist/esm/cli/main.js', ['doctor'], project)).toContain('No mistakes found');
});

test('each package has a version that Lambent names', () => {
  const { dependencies, devDependencies } = manifest('jest');
  expect(Object.values({ ...dependencies, ...devDependencies })).not.toContain('*');
});
