// A bundle with a code cache under AWS's runtime client, made by the Node that runs it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { events } from 'lambent/testing';
import { runtimeUnderTest, startFunction } from './lambda-function.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PACKAGES = ['reflect-metadata', 'tsyringe', 'class-validator', 'class-transformer', '@types'];
const event = events.apiGatewayV2({ url: '/hello/ada' });

const SOURCE = `
import 'reflect-metadata';
import { Controller, Get, LambdaApplication, lazy, Module, Param } from 'lambent';
@Controller('hello') class Hello { @Get(':name') greet(@Param('name') name: string) { return { hello: name }; } }
@Module({ controllers: [Hello], imports: [lazy('late', () => import('./late.js').then((all) => all.LateModule))] })
class AppModule {}
export const { handler } = await LambdaApplication.create(AppModule).ready();`;

const LATE = `
import { Controller, Get, Module } from 'lambent';
@Controller() class Late { @Get() get() { return 'late'; } }
@Module({ controllers: [Late] }) export class LateModule {}`;

let project;

before(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-code-cache-')));
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(repository, join(project, 'node_modules/lambent'), 'dir');
  for (const name of PACKAGES)
    symlinkSync(join(repository, 'node_modules', name), join(project, 'node_modules', name), 'dir');
  const files = { 'package.json': '{ "type": "module" }', 'event.json': JSON.stringify(event) };
  for (const [name, text] of Object.entries({ ...files, 'handler.ts': SOURCE, 'late.ts': LATE }))
    writeFileSync(join(project, name), text);
  const { node } = runtimeUnderTest();
  const lambent = join(repository, 'dist/esm/cli/main.js');
  const flags = ['--out', 'bundle', '--code-cache', 'event.json', '--code-cache-flags='];
  execFileSync(node, [lambent, 'build', 'handler.ts', ...flags], { cwd: project, stdio: 'pipe' });
});

after(() => rmSync(project, { recursive: true }));

async function startBundle(t, env) {
  const lambda = await startFunction({ taskRoot: join(project, 'bundle'), handler: 'handler.handler', env });
  t.after(() => lambda.stop());
  return lambda;
}

/** The runtime client writes warnings of Node to stdout. */
const printed = ({ stdout, stderr }) => [...stdout, ...stderr].join('\n');

const bodyOf = ({ payload }) => JSON.parse(payload.body);

test('starts with its cache, and loads what is loaded on demand', { timeout: 30_000 }, async (t) => {
  const lambda = await startBundle(t, {});
  assert.deepEqual(bodyOf(await lambda.invoke(event)), { hello: 'ada' });
  assert.equal(bodyOf(await lambda.invoke(events.apiGatewayV2({ url: '/late' }))), 'late');
  assert.doesNotMatch(printed(lambda), /LAMBENT_CODE_CACHE/);
});

test('starts without it where flags differ, and warns', { timeout: 30_000 }, async (t) => {
  const lambda = await startBundle(t, { NODE_OPTIONS: '--stack-trace-limit=20' });
  assert.deepEqual(bodyOf(await lambda.invoke(event)), { hello: 'ada' });
  assert.match(printed(lambda), /LAMBENT_CODE_CACHE.* this process has the flags ".*--stack-trace-limit=20"/);
});
