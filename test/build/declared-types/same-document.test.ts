import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { httpEvents } from '../../../src/testing/http-events.js';
import { DevCommand, devProject, program } from '../../cli/dev/dev-command.js';
import { run } from '../../integration/formats/project.js';
import { repository } from '../../package/manifest.js';

const sources = join(repository, 'sample-app/src');
const TELEMETRY = ['api', 'context-async-hooks', 'exporter-trace-otlp-http', 'resources', 'sdk-trace-base'].map(
  (name) => `@opentelemetry/${name}`,
);
const PACKAGES = ['@aws-sdk/client-dynamodb', '@aws-sdk/client-sqs', '@aws-sdk/lib-dynamodb', 'dynalite', ...TELEMETRY];
const MANIFEST = {
  name: 'orders',
  type: 'module',
  dependencies: Object.fromEntries(
    ['lambent', 'class-transformer', 'class-validator', 'reflect-metadata', 'tsyringe', 'rolldown', ...PACKAGES].map(
      (name) => [name, '*'],
    ),
  ),
  lambent: { functions: { lambda: 'src/lambda.ts' } },
};
// Nothing asks a service of AWS for anything.
const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  TABLE_NAME: 'orders',
  SHIPMENTS_QUEUE_URL: 'http://localhost/queue',
};

let command: DevCommand | undefined;
let folder: string;
let file: string;

beforeAll(async () => {
  const paths = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const files = Object.fromEntries(paths.map((path) => [`src/${path}`, readFileSync(join(sources, path), 'utf8')]));
  folder = devProject({ ...files, 'package.json': JSON.stringify(MANIFEST) }).folder;
  for (const name of PACKAGES.filter((one) => one !== '@aws-sdk/client-sqs')) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(repository, 'node_modules', name), target, 'dir');
  }
  const chdir = `data:text/javascript,process.chdir(${JSON.stringify(folder)})`;
  file = await run(['--import', chdir, program, 'openapi', '--options', 'src/options.ts']);
  await run(['--import', chdir, program, 'build', '--external', 'dynalite,lambent/local']);
  command = new DevCommand(folder, [], ENVIRONMENT);
});

afterAll(async () => {
  await command?.stop();
  rmSync(folder, { recursive: true });
});

async function bundled(): Promise<string> {
  const events = join(folder, 'events.json');
  writeFileSync(
    events,
    JSON.stringify([{ handler: 'handler', event: httpEvents.apiGatewayV2({ method: 'GET', url: '/openapi.json' }) }]),
  );
  const runner = join(repository, 'test/integration/formats/run.mjs');
  const { outcomes } = JSON.parse(
    await run([runner, 'import', join(folder, 'bundle/lambda.mjs'), events], ENVIRONMENT),
  ) as { outcomes: { answer: { body: string } }[] };
  return outcomes[0]!.answer.body;
}

test('the document of the sample app is the same from the command line, in development and from the bundle', async () => {
  const document: unknown = JSON.parse(file);
  expect(JSON.stringify(document)).toContain('One JSON document a line');
  expect(JSON.parse(await bundled())).toEqual(document);
  expect(JSON.parse(await command!.get('/openapi.json'))).toEqual(document);
});
