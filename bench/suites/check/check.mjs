// Checks that all contestants give the same responses and write one log line for each, before any measurement.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runWorker } from '../../measure/child.mjs';
import { proofs, scenarios, verify } from '../../scenarios.mjs';

const worker = fileURLToPath(new URL('worker.mjs', import.meta.url));
const checked = [...scenarios, ...proofs];

/** @throws Error that names the contestant and its wrong response or log line */
export async function checkContestant(runtime, { title, bundle }) {
  const folder = mkdtempSync(join(tmpdir(), 'lambent-bench-'));
  try {
    for (const log of ['off', 'on']) {
      const stdout = join(folder, log);
      const input = { bundle, events: checked.map(({ event }) => event) };
      const results = await runWorker(runtime.node, worker, { input, env: { ACCESS_LOG: log }, stdout });
      checked.forEach((scenario, index) => verify(scenario, results[index]));
      checkLog(log, readFileSync(stdout, 'utf8'), results);
    }
  } catch (error) {
    throw new Error(`${title} on Node ${runtime.major}: ${error.message}`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkLog(log, text, results) {
  const lines = text.split('\n').filter((line) => line !== '');
  assert.equal(
    lines.length,
    log === 'on' ? results.length : 0,
    `log lines with the log ${log}:\n${lines.slice(0, 3).join('\n')}`,
  );
  lines.forEach((line, index) => checkLine(line, checked[index], results[index]));
}

/** JSON with method, path, status and time, wherever the logger puts them. */
function checkLine(line, { title, event }, { statusCode }) {
  const values = leaves(JSON.parse(line));
  const { method, path } = event.requestContext.http;
  for (const expected of [method, path, statusCode])
    assert.ok(values.includes(expected), `${title}: ${expected} is not in the log line ${line}`);
  const times = values.filter((value) => typeof value === 'number' && value !== statusCode);
  assert.ok(times.length > 0, `${title}: there is no time in the log line ${line}`);
}

function leaves(value) {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}
