// Describes what figures depend on besides the measured code.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';
import { packagesOf, root } from '../paths.mjs';

export function surroundings(runtimes, contestants) {
  const [{ model }] = cpus();
  return {
    date: new Date().toISOString(),
    commit:
      git('rev-parse', 'HEAD') + (git('status', '--porcelain', '--', 'src', 'bench') === '' ? '' : ', with changes'),
    machine: {
      cpu: model,
      cores: cpus().length,
      memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
      system: `${type()} ${release()}`,
    },
    nodes: runtimes.map(({ version, client }) => ({ version, ...(client && { client: `aws-lambda-ric ${client}` }) })),
    versions: versionsOf(contestants),
  };
}

function versionsOf(contestants) {
  const names = contestants.flatMap(({ npm, packages }) =>
    npm.map((name) => [name, installedVersion(name, packagesOf[packages])]),
  );
  return Object.fromEntries([...names, ['rolldown', installedVersion('rolldown', packagesOf.lambent)]].toSorted());
}

/** Reads by path, because packages may not export their package.json. */
function installedVersion(name, manifest) {
  const folders = createRequire(manifest).resolve.paths(name) ?? [dirname(manifest)];
  const found = folders.map((folder) => manifestIn(join(folder, name))).find(Boolean);
  if (!found) throw new Error(`${name} is not installed for ${manifest}`);
  return found.version;
}

function manifestIn(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}
