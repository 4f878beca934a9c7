// The first half hour: from the packed tarball in an empty folder to a function under AWS's runtime client, each step one command.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { events } from 'lambent/testing';
import { runtimeUnderTest, startFunction } from './lambda-function.mjs';
import { addTestOfEsModule, emptyFolder, run, startDev } from './new-project.mjs';

// One Node is enough for what happens on a developer's machine: that of the function in new projects.
const skip = runtimeUnderTest().major === 24 ? false : 'tried once, on the Node that new projects are deployed to';
const bounded = { skip, timeout: 600_000 };

/** Asks again until the response has the text: a change takes a moment. */
async function answers(url, text) {
  const response = await fetch(url);
  if (!(await response.text()).includes(text)) await answers(url, text);
}

test('from an empty folder to a function under the runtime client, with SAM and Jest', bounded, async (t) => {
  const { folder, tarball } = emptyFolder();
  const project = join(folder, 'my-api');
  run(`npx --yes --package ${tarball} lambent new my-api --yes --lambent ${tarball}`, folder);
  run('npx lambent add auth', project);
  run('npx lambent generate resource orders', project);

  const url = await startDev(t, project);
  const created = await fetch(`${url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'tea' }),
  });
  assert.equal(created.status, 201);
  const { id } = await created.json();
  const found = await fetch(`${url}/orders/${id}`);
  assert.deepEqual(await found.json(), { id, name: 'tea' });
  assert.equal((await fetch(`${url}/me`)).status, 401);
  assert.match(await (await fetch(`${url}/docs`)).text(), /<title>my-api/);

  const service = join(project, 'src/hello/hello.service.ts');
  await answers(`${url}/hello/Ada`, 'Hello, Ada!');
  writeFileSync(service, readFileSync(service, 'utf8').replace('Hello,', 'Good day,'));
  await answers(`${url}/hello/Ada`, 'Good day, Ada!');
  writeFileSync(service, readFileSync(service, 'utf8').replace('Good day,', 'Hello,'));

  addTestOfEsModule(project);
  for (const script of ['test', 'run types', 'run lint']) run(`npm ${script}`, project);
  run('npx lambent openapi --out openapi.json', project);
  const { paths } = JSON.parse(readFileSync(join(project, 'openapi.json'), 'utf8'));
  assert.deepEqual(Object.keys(paths).toSorted(), ['/hello', '/hello/{name}', '/me', '/orders', '/orders/{id}']);

  run('npm run build', project);
  const lambda = await startFunction({ taskRoot: join(project, 'bundle'), handler: 'handler.handler' });
  t.after(() => lambda.stop());
  const { kind, payload } = await lambda.invoke(
    events.apiGatewayV2({ method: 'POST', url: '/orders', payload: { name: 'tea' } }),
  );
  assert.deepEqual([kind, payload.statusCode, JSON.parse(payload.body).name], ['response', 201, 'tea']);
  const { payload: refused } = await lambda.invoke(events.apiGatewayV2({ url: '/me' }));
  assert.equal(refused.statusCode, 401);
  // A start warns that the example's issuer of tokens does not exist.
  const line = (await lambda.firstLogs(2)).find(({ type }) => type === 'access');
  assert.deepEqual([line.path, line.status_code, line.cold_start], ['/orders', 201, true]);
});

test('from an empty folder to a function under the runtime client, with the CDK and Vitest', bounded, async (t) => {
  const { folder, tarball } = emptyFolder();
  const project = join(folder, 'my-cdk');
  const flags = `--yes --deploy cdk --test-runner vitest --lambent ${tarball}`;
  run(`npx --yes --package ${tarball} lambent new my-cdk ${flags}`, folder);
  addTestOfEsModule(project);
  for (const script of ['test', 'run types', 'run lint']) run(`npm ${script}`, project);

  // infrastructure/app.ts needs a Node that runs TypeScript, as the project's engines say.
  run('npx cdk synth --quiet --no-notices', project, runtimeUnderTest().node);
  const { Resources } = JSON.parse(readFileSync(join(project, 'cdk.out/MyCdk.template.json'), 'utf8'));
  const { Properties } = Object.values(Resources).find(({ Type }) => Type === 'AWS::Lambda::Function');
  const lambda = await startFunction({
    taskRoot: join(project, 'cdk.out', `asset.${Properties.Code.S3Key.replace('.zip', '')}`),
    handler: Properties.Handler,
    env: Properties.Environment.Variables,
  });
  t.after(() => lambda.stop());
  const { payload } = await lambda.invoke(events.apiGatewayV2({ url: '/hello/Ada' }));
  assert.deepEqual([payload.statusCode, JSON.parse(payload.body)], [200, { message: 'Hello, Ada!' }]);
  const { payload: health } = await lambda.invoke(events.apiGatewayV2({ url: '/health' }));
  assert.equal(health.statusCode, 200);
});
