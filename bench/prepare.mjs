// Prepares everything that the measurements need: the build, the peers, Node and the bundles.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installRuntime, RuntimeUnavailable } from '../scripts/lambda-runtimes.mjs';
import { bundle } from './bundle.mjs';
import { bench, built, packagesOf, root } from './paths.mjs';

export function buildLambent() {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
}

/** Runs `npm ci` in the folder of the peers when their lock file has changed. */
export function installPeers() {
  const folder = dirname(packagesOf.peers);
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(lock, 'utf8')) return;
  console.log('Installing the peers…');
  // No peer needs a script to be built. The peers of Node 20 and of Node 24 are the same releases: those that run on both.
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
  cpSync(lock, installed);
}

/**
 * A Node of that major version, with the runtime client where it can be built; `client` tells. The Node that runs
 * the benchmark has to do where none can be installed.
 */
export function provideRuntime(major) {
  try {
    return installRuntime(join(root, '.runtime'), major);
  } catch (error) {
    if (!(error instanceof RuntimeUnavailable)) throw error;
    if (major !== Number(process.versions.node.split('.')[0])) throw error;
    console.log(`Node ${process.versions.node} is taken as it is, without the runtime client: ${error.message}`);
    return { major, version: process.versions.node, node: process.execPath };
  }
}

/** @returns the commit's short name */
export function commitOf(revision) {
  return execFileSync('git', ['rev-parse', '--short', revision], { cwd: root, encoding: 'utf8' }).trim();
}

/**
 * Checks out a commit of Lambent beside this one, builds it, and gives its folder. It has the contestants of this
 * commit.
 */
export function prepareOther(commit) {
  const tree = join(tmpdir(), `lambent-${commit}`);
  if (!existsSync(join(tree, 'dist'))) {
    mkdirSync(tree, { recursive: true });
    const archive = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x'], { cwd: tree, input: archive });
    // The scripts of the build have packages of their own.
    for (const packages of ['node_modules', 'scripts/build/node_modules'])
      if (existsSync(join(root, packages))) symlinkSync(join(root, packages), join(tree, packages));
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: tree, stdio: 'inherit' });
  }
  cpSync(join(bench, 'contestants'), join(tree, 'bench/contestants'), { recursive: true });
  return tree;
}

/** Tells whether Lambent's build takes these options. A contestant whose options it does not know is left out. */
export async function canBuild(options) {
  const { buildSettings } = await import(pathToFileURL(join(root, 'dist/esm/build/build-options.js')));
  try {
    buildSettings({ entry: 'index.ts', ...options });
    return true;
  } catch {
    return false;
  }
}

/** @returns the contestant, with `folder` and `bundle`, the file that exports its handler */
export async function bundleContestant(contestant) {
  return {
    ...contestant,
    folder: join(built, contestant.id),
    bundle: await bundleSource('', contestant.entry, contestant),
  };
}

/**
 * Returns a contestant that is bundled in the Node that is measured, for which it gets a code cache.
 *
 * @param events Sample events, by names for their files.
 */
export function withCache(contestant, { node }, events) {
  const files = Object.entries(events).map(([name, event]) => {
    const file = join(built, `${name}.json`);
    writeFileSync(file, JSON.stringify(event));
    return file;
  });
  return { ...contestant, cachedBy: node, build: { codeCache: { events: files, flags: [] } } };
}

/**
 * Bundles a source below `contestants/` and gives the file.
 *
 * @param part what the bundle is of, if it is not the contestant's application
 */
export async function bundleSource(part, source, contestant) {
  const { tree = root } = contestant;
  return bundleFile(part, join(tree, 'bench/contestants', source), contestant);
}

/** Bundles any source in the tree of the contestant, as {@link bundleSource}. */
export async function bundleFile(part, input, contestant) {
  const folder = join(built, part, contestant.id);
  if (contestant.cachedBy) bundleIn(contestant.cachedBy, { input, folder, contestant });
  else await bundle(input, folder, contestant);
  return join(folder, 'index.mjs');
}

function bundleIn(node, task) {
  const env = { ...process.env, ACCESS_LOG: 'on', NODE_ENV: 'production' };
  execFileSync(node, [join(bench, 'bundle-worker.mjs'), JSON.stringify(task)], { env, stdio: 'inherit' });
}
