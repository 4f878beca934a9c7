// A new project as a user makes one: from the packed tarball, in an empty folder, with npm.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// After what the tests have started in them.
const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** An empty folder with the packed package. */
export function emptyFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'lambent-day-one-'));
  folders.push(folder);
  const [{ filename }] = JSON.parse(run(`npm pack --json --pack-destination ${folder}`, repository));
  return { folder, tarball: `./${filename}` };
}

/** Runs one command line, and gives what it printed. @param [node] A Node to run it with, if not that of the tests */
export function run(commandLine, cwd, node) {
  const [command, ...args] = commandLine.split(' ');
  try {
    return execFileSync(command, args, { cwd, env: environment(node), encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${commandLine}\n${error.stdout}\n${error.stderr}`, { cause: error });
  }
}

/** What npm and `node --test` tell their scripts; a shell of one's own has nothing of that. Registries and proxies stay. */
const OF_THE_CALLER =
  /^npm_(?!config_)|^npm_config_(local_prefix|prefix|global_prefix)$|^INIT_CWD$|^NODE_(?!EXTRA_CA)/i;

function environment(node) {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_CALLER.test(name)));
  return node ? { ...own, PATH: `${dirname(node)}${delimiter}${own.PATH}` } : own;
}

/** Starts `lambent dev`, and gives its address; it ends with the test. */
export async function startDev(t, project) {
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

/** Installs a package that has only ES modules, and a test that imports it. */
export function addTestOfEsModule(project) {
  run('npm install --no-audit --no-fund jose@6', project);
  writeFileSync(
    join(project, 'src/jose.spec.ts'),
    `import { jwtVerify, SignJWT } from 'jose';

test('a token is signed and verified', async () => {
  const key = new TextEncoder().encode('a secret of at least thirty-two bytes');
  const token = await new SignJWT({ sub: 'ann' }).setProtectedHeader({ alg: 'HS256' }).sign(key);
  const { payload } = await jwtVerify(token, key);
  expect(payload.sub).toBe('ann');
});
`,
  );
}
