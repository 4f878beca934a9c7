// The first half hour: from the packed tarball in an empty folder to a function under AWS's runtime client, each step one command.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { events } from 'lambent/testing';
import { runtimeUnderTest, startFunction } from './lambda-function.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'lambent-day-one-'));
const project = join(folder, 'my-api');
// One Node is enough for what happens on a developer's machine: that of the function in new projects.
const skip = runtimeUnderTest().major === 24 ? false : 'tried once, on the Node that new projects are deployed to';

after(() => rmSync(folder, { recursive: true }));

/** Runs one command line, and gives what it printed. */
function run(commandLine, cwd = project) {
  const [command, ...args] = commandLine.split(' ');
  try {
    // npm tells its scripts of the project they are in; a shell of one's own has nothing of that.
    return execFileSync(command, args, { cwd, env: environment(), encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${commandLine}\n${error.stdout}\n${error.stderr}`, { cause: error });
  }
}

function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$|^NODE_/i.test(name)));
}

/** Starts `lambent dev`, and gives its address; it ends with the test. */
async function dev(t) {
  const child = spawn('npx', ['lambent', 'dev', '--port', '0'], {
    cwd: project,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = [];
  const ended = once(child, 'close');
  t.after(async () => {
    // The whole group, as a terminal's Ctrl-C does.
    if (child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    await ended;
  });
  child.stderr.on('data', (data) => printed.push(String(data)));
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (url) {
      child.stdout.resume();
      return url;
    }
  }
  throw new Error(`lambent dev ended:\n${printed.join('\n')}`);
}

test('from an empty folder to a function under the runtime client', { skip, timeout: 300_000 }, async (t) => {
  const [{ filename }] = JSON.parse(run(`npm pack --json --pack-destination ${folder}`, repository));
  const tarball = `./${filename}`;

  run(`npx --yes --package ${tarball} lambent new my-api --yes --lambent ${tarball}`, folder);
  run('npx lambent generate resource orders');

  const url = await dev(t);
  const created = await fetch(`${url}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'tea' }),
  });
  assert.equal(created.status, 201);
  const { id } = await created.json();
  const found = await fetch(`${url}/orders/${id}`);
  assert.deepEqual(await found.json(), { id, name: 'tea' });

  run('npm test');
  run('npx lambent openapi --out openapi.json');
  const { paths } = JSON.parse(readFileSync(join(project, 'openapi.json'), 'utf8'));
  assert.deepEqual(Object.keys(paths).toSorted(), ['/hello', '/hello/{name}', '/orders', '/orders/{id}']);

  run('npx lambent build');
  const lambda = await startFunction({ taskRoot: join(project, 'bundle'), handler: 'handler.handler' });
  t.after(() => lambda.stop());
  const { kind, payload } = await lambda.invoke(
    events.apiGatewayV2({ method: 'POST', url: '/orders', payload: { name: 'tea' } }),
  );
  assert.deepEqual([kind, payload.statusCode, JSON.parse(payload.body).name], ['response', 201, 'tea']);
  const [line] = await lambda.firstLogs(1);
  assert.deepEqual([line.type, line.path, line.status_code, line.cold_start], ['access', '/orders', 201, true]);
});
