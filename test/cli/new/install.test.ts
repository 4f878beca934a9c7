import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repository } from '../../package/manifest.js';
import { Workshop } from '../workshop.js';

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop();
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

/** Runs the command where `npm` is a script that writes down how it was called. */
function lambentNew(npmExitCode: number) {
  workshop.write(
    'bin/npm',
    `#!/bin/sh\necho "$PWD $@" > ${workshop.folder}/called\necho There is no network\nexit ${npmExitCode}\n`,
  );
  chmodSync(join(workshop.folder, 'bin/npm'), 0o755);
  return runNew(`${join(workshop.folder, 'bin')}${delimiter}${process.env['PATH']}`);
}

function runNew(path: string) {
  const args = [join(repository, 'dist/esm/cli/main.js'), 'new', 'my-api', '--yes'];
  return spawnSync(process.execPath, args, {
    cwd: workshop.folder,
    env: { ...process.env, NODE_OPTIONS: '', PATH: path },
    encoding: 'utf8',
  });
}

test('packages are installed with npm in the new folder', () => {
  const { status, stdout } = lambentNew(0);
  expect([status, workshop.read('called')]).toEqual([
    0,
    `${join(workshop.folder, 'my-api')} install --no-audit --no-fund\n`,
  ]);
  expect(stdout).toMatch(/Next steps:\n {2}cd my-api\n {2}npm start\n/);
  expect(stdout).toContain('Running "npm install --no-audit --no-fund" …\nPackages are installed (');
});

test('where npm fails the project stays, what it said is shown, and the exit code is 1', () => {
  const { status, stderr } = lambentNew(1);
  expect(status).toBe(1);
  expect(stderr).toContain('There is no network\n');
  expect(stderr).toContain('The project was created, but "npm install --no-audit --no-fund" failed');
  expect(workshop.read('my-api/package.json')).toContain('"name": "my-api"');
});

test('where there is no npm that is said, without a stack', () => {
  const { status, stderr } = runNew(workshop.folder);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^.*npm.*not found\nThe project was created, but "npm install --no-audit --no-fund" failed \(see above\)\. Run it again in .*my-api\.\n$/,
  );
});
