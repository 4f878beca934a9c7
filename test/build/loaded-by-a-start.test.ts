import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../integration/formats/project.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject } from './project.js';

// Some of Node's modules and globals take milliseconds when they are first used: `performance` loads eleven modules,
// `node:buffer` loads `File`. Lambda's runtime client has loaded none of them.

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist')))
    throw new Error('This test runs what is built: run `npm run build` first.');
  project = await createBuildProject({ hello: { entry: 'src/hello.ts', sourcemaps: false } }, {});
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

const EVENT = {
  version: '2.0',
  rawPath: '/',
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method: 'GET', path: '/' }, requestId: 'r1' },
};

test('a start and its first event load only what each application needs of Node', async () => {
  const { failure } = project.built['hello']!;
  if (failure) throw new Error(failure.message);
  const folder = join(project.bundles, 'hello');
  writeFileSync(join(folder, 'empty.mjs'), "import 'node:module'; import.meta.url;");
  const [handler, empty] = ['hello.mjs', 'empty.mjs'].map((file) => pathToFileURL(join(folder, file)).href);
  const script = `
    process.stdout.write('');
    await import('${empty}');
    const before = new Set(process.moduleLoadList);
    const { handler } = await import('${handler}');
    await handler(${JSON.stringify(EVENT)}, { awsRequestId: 'a1', getRemainingTimeInMillis: () => 3000 });
    const loaded = process.moduleLoadList.filter((name) => !before.has(name));
    console.log(JSON.stringify(loaded.map((name) => name.replace(/^NativeModule /, ''))));`;
  const env = { AWS_LAMBDA_LOG_STREAM_NAME: 'stream' };
  const lines = (await run(['--input-type=module', '-e', script], env)).trim().split('\n');
  const loaded = JSON.parse(lines.at(-1)!) as string[];
  // What belongs to `AsyncLocalStorage`, to `process.on('SIGTERM')` and to the types of values.
  const needed = /^(?:Internal Binding |async_hooks$|util\/types$|internal\/(?:async_local_storage|promise_hooks))/;
  expect(loaded.filter((name) => !needed.test(name))).toEqual([]);
});
