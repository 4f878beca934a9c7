// Prepares everything that the measurements need: the build, the peers, Node and the bundles.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** @returns the contestant, with `folder` and `bundle`, the file that exports its handler */
export async function bundleContestant(contestant) {
  const { id, entry, packages } = contestant;
  return { ...contestant, folder: join(built, id), bundle: await bundleSource(id, entry, packages) };
}

/** Bundles a source below `contestants/` and gives the file. */
export async function bundleSource(name, source, packages) {
  const folder = join(built, name);
  await bundle(join(bench, 'contestants', source), folder, { packages });
  return join(folder, 'index.mjs');
}
