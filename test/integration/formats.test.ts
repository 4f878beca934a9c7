import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpEvents } from '../../src/testing/http-events.js';
import { repository } from '../package/manifest.js';
import { comparable, expectedOutcome, type Outcome } from './formats/exchange.js';
import { exchanges } from './formats/exchanges.js';
import { createProject, type Project, run } from './formats/project.js';

interface Format {
  readonly name: string;
  readonly way: 'import' | 'require';
  /** In the project's folder. */
  readonly entry: string;
  /** As Lambda starts Node 20 and 22: `require` can't load ES modules, and so a package may be loaded twice. */
  readonly asOnLambda?: boolean;
}

const formats: readonly Format[] = [
  { name: 'ES modules', way: 'import', entry: 'project/esm/out' },
  {
    name: 'ES modules and a library with a copy of its own',
    way: 'import',
    entry: 'project/esm/out',
    asOnLambda: true,
  },
  { name: 'CommonJS', way: 'require', entry: 'project/cjs/out' },
  { name: 'CommonJS on Lambda', way: 'require', entry: 'project/cjs/out', asOnLambda: true },
  { name: 'a bundle', way: 'import', entry: 'bundles/esm' },
  { name: 'a bundle of the ES modules of every dependency', way: 'import', entry: 'bundles/moduleFirst' },
  { name: 'a minified bundle', way: 'import', entry: 'bundles/minified' },
  { name: 'a minified bundle that keeps names', way: 'import', entry: 'bundles/minifiedWithNames' },
  { name: 'a bundle in CommonJS', way: 'require', entry: 'bundles/cjs' },
  { name: 'a bundle of CommonJS', way: 'require', entry: 'bundles/ofCjs' },
  { name: 'a bundle of TypeScript sources', way: 'import', entry: 'bundles/ofSources' },
];

interface Printed {
  readonly outcomes: readonly Outcome[];
  /** Whether the library has the classes of Lambent that the application has. */
  readonly oneCopy: boolean;
  readonly requiresModules: boolean;
  /** Whether bodies are built by code that was generated for their classes. */
  readonly generatedCode: boolean;
}

const flag = process.allowedNodeEnvironmentFlags.has('--experimental-require-module')
  ? ['--no-experimental-require-module']
  : [];
const runner = join(__dirname, 'formats/run.mjs');
let project: Project;
let eventsFile: string;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  project = await createProject();
  eventsFile = join(project.folder, 'events.json');
  writeFileSync(eventsFile, JSON.stringify(exchanges.map(toEvent)));
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

function toEvent({ request, throughWinston }: (typeof exchanges)[number]): object {
  return { handler: throughWinston ? 'winstonHandler' : 'handler', event: httpEvents.apiGatewayV2(request) };
}

async function print({ way, entry, asOnLambda }: Format, nodeOptions: readonly string[] = []): Promise<Printed> {
  const args = [...nodeOptions, runner, way, join(project.folder, entry, 'main.js'), eventsFile];
  return JSON.parse(await run(asOnLambda ? [...flag, ...args] : args)) as Printed;
}

const expected = exchanges.map(expectedOutcome);

test.each(formats)('answers and logs are the same: $name', async (format) => {
  const { outcomes, generatedCode } = await print(format);
  expect(outcomes.map(comparable)).toEqual(expected);
  expect(generatedCode).toBe(true);
});

test('answers and logs are the same where no code may be generated', async () => {
  const { outcomes, generatedCode } = await print(formats[0]!, ['--disallow-code-generation-from-strings']);
  expect(outcomes.map(comparable)).toEqual(expected);
  expect(generatedCode).toBe(false);
});

describe('an application that is ES modules, beside a library that is CommonJS,', () => {
  const [shared, apart] = formats as [Format, Format];

  test('shares one copy of Lambent with it where Node can require ES modules', async () => {
    const { oneCopy, requiresModules } = await print(shared);
    expect(oneCopy).toBe(requiresModules);
  });

  test('works with two copies where Node can not', async () => {
    expect((await print(apart)).oneCopy).toBe(false);
  });
});
