// The documentation as a website, from docs/ and website/:
//   node scripts/docs.mjs serve    builds it and serves the result
//   node scripts/docs.mjs dev      serves the pages with hot reload
//   node scripts/docs.mjs build    builds it into website/.vitepress/dist
//   node scripts/docs.mjs check    checks its types, builds it, and checks the result in Chromium
// Options after the command go to VitePress, such as `--port 8080`.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const website = join(root, 'website');
const [command, ...options] = process.argv.slice(2);

const COMMANDS = {
  serve() {
    run('vitepress', ['build']);
    run('vitepress', ['preview', ...options]);
  },
  dev: () => run('vitepress', ['dev', ...options]),
  build: () => run('vitepress', ['build', ...options]),
  check() {
    run('tsc', ['-p', 'website'], root);
    run('vitepress', ['build']);
    run('jest', ['--config', 'website/jest.config.js', ...options], root);
  },
};

if (!Object.hasOwn(COMMANDS, command ?? '')) {
  console.error(`Usage: node scripts/docs.mjs ${Object.keys(COMMANDS).join('|')} [options]`);
  process.exit(2);
}
if (!isInstalled()) run('npm', ['ci', '--no-audit', '--no-fund']);
COMMANDS[command]();

/** Whether what is installed is at least as new as the lockfile: npm writes its own copy when it has installed. */
function isInstalled() {
  const [installed, wanted] = ['node_modules/.package-lock.json', 'package-lock.json'].map((file) =>
    statSync(join(website, file), { throwIfNoEntry: false }),
  );
  return installed !== undefined && installed.mtimeMs >= wanted.mtimeMs;
}

/** Ends this process as the program ended, if it failed. */
function run(program, given, cwd = website) {
  const path = `${join(cwd, 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const { status, signal } = spawnSync(program, given, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path } });
  if (status !== 0) process.exit(signal ? 1 : (status ?? 1));
}
