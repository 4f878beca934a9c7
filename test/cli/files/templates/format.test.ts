import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEPLOYMENTS } from '../../../../src/cli/files/templates/project/deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from '../../../../src/cli/files/templates/project/package-managers.js';
import { FRONT_DOORS } from '../../../../src/cli/files/templates/project/project-settings.js';
import { TEST_RUNNERS } from '../../../../src/cli/files/templates/project/test-runners.js';
import { SERVICES } from '../../../../src/cli/files/templates/services/service-list.js';
import { KINDS } from '../../../../src/cli/generate/kinds.js';
import { repository } from '../../../package/manifest.js';
import { Workshop } from '../../workshop.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../../native-module.js')>('../../native-module.js').nativeModule('rolldown/utils'),
);

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop();
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

async function called(commandLine: string, cwd = '.'): Promise<void> {
  const { exitCode, complained } = await workshop.call(commandLine, { cwd });
  expect([exitCode, complained]).toEqual([0, '']);
}

/** Formats a project with its own configuration, and returns what that changes. */
function reformatted(project: string): Record<string, string> {
  const before = workshop.files();
  const { status, stderr } = spawnSync(process.execPath, [join(repository, 'node_modules/oxfmt/bin/oxfmt')], {
    cwd: join(workshop.folder, project),
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return Object.fromEntries(Object.entries(workshop.files()).filter(([path, text]) => text !== before[path]));
}

test.each([
  ...Object.keys(DEPLOYMENTS).map((each) => `--deploy ${each}`),
  ...Object.keys(FRONT_DOORS).map((each) => `--api ${each}`),
  ...Object.keys(TEST_RUNNERS).map((each) => `--test-runner ${each}`),
  ...Object.keys(PACKAGE_MANAGERS).map((each) => `--package-manager ${each}`),
])('a project of "new %s" is formatted', async (flags) => {
  await called(`new app --yes --no-install ${flags}`);
  expect(reformatted('app')).toEqual({});
});

// The length of a name decides where lines break.
test.each(['a', 'orders', 'purchase-order-receipts', 'purchase-order-confirmations'])(
  'what generate makes for the name %s is formatted',
  async (name) => {
    await called('new app --yes --no-install');
    for (const kind of Object.keys(KINDS)) await called(`generate ${kind} ${kind}s/${name}`, 'app');
    expect(reformatted('app')).toEqual({});
  },
);

test.each(['app', 'purchase-order-confirmations-of-the-shop'])('what add makes in %s is formatted', async (project) => {
  await called(`new ${project} --yes --no-install`);
  const module = workshop.read(`${project}/src/app.module.ts`).replace(/^.*(HealthModule|GET .health).*\n/gm, '');
  workshop.write(`${project}/src/app.module.ts`, module);
  for (const service of Object.keys(SERVICES)) await called(`add ${service} --no-install`, project);
  expect(reformatted(project)).toEqual({});
});

test('the document that openapi writes stays as it is', async () => {
  await called('new app --yes --no-install');
  const document = `${JSON.stringify({ openapi: '3.1.1', tags: ['a', 'b'] }, null, 2)}\n`;
  workshop.write('app/openapi.json', document);
  workshop.write('app/other.json', document);
  expect(Object.keys(reformatted('app'))).toEqual(['app/other.json']);
});
