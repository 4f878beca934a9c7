import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Milliseconds after which a worker counts as stuck, so that it doesn't block the run. */
const PATIENCE = 600_000;

/**
 * Runs a script in a Node process of its own and gives what it reports through `report`, see worker.mjs.
 *
 * @param options.stdout where its log lines go, `/dev/null` unless given
 * @throws Error with what it wrote to stderr
 */
export async function runWorker(node, script, { args = [], input, env = {}, flags = [], stdout = '/dev/null' } = {}) {
  const out = openSync(stdout, 'w');
  const child = spawn(node, [...flags, script, ...args], {
    env: { PATH: process.env.PATH, TZ: ':UTC', NODE_ENV: 'production', ...env },
    // In a folder outside of any project, so that only bundled code is found.
    cwd: tmpdir(),
    stdio: ['pipe', out, 'pipe', 'pipe'],
    timeout: PATIENCE,
  });
  closeSync(out);
  child.stdin.on('error', () => undefined).end(JSON.stringify(input ?? null));
  const [[code, signal], errors, reported] = await Promise.all([
    once(child, 'close'),
    text(child.stderr),
    text(child.stdio[3]),
  ]);
  if (code === 0 && reported) return JSON.parse(reported);
  throw new Error(`${script} ${args.join(' ')} ended with ${signal ?? code}\n${readable(errors)}`);
}

/** Shortens an error: Node prints the line that threw, which may be the whole bundle. */
function readable(errors) {
  return errors
    .split('\n')
    .filter((line) => line.length < 500)
    .slice(0, 20)
    .join('\n');
}

async function text(stream) {
  const chunks = await stream.toArray();
  return Buffer.concat(chunks).toString();
}
