// A source with dots in its name under AWS's runtime client, which ends the module of a handler setting at the first dot.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { startFunction } from './lambda-function.mjs';

const lambent = join(
  dirname(createRequire(import.meta.url).resolve('lambent/package.json')),
  'dist',
  'esm',
  'cli',
  'main.js',
);

test('is bundled under a name that Lambda finds', { timeout: 30_000 }, async (t) => {
  const project = mkdtempSync(join(tmpdir(), 'lambent-dotted-'));
  t.after(() => rmSync(project, { recursive: true }));
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(project, 'orders.v2.handler.ts'),
    'export const handler = async (event: object) => ({ took: event });',
  );
  execFileSync(process.execPath, [lambent, 'build', 'orders.v2.handler.ts', '--out', 'bundle'], {
    cwd: project,
    stdio: 'pipe',
  });

  const lambda = await startFunction({ taskRoot: join(project, 'bundle'), handler: 'orders-v2-handler.handler' });
  t.after(() => lambda.stop());
  const { payload } = await lambda.invoke({ id: 7 });
  assert.deepEqual(payload, { took: { id: 7 } });
});
