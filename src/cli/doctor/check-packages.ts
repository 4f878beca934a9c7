import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFile, withParents } from '../files/paths.js';
import type { CheckedProject, Finding, InstalledPackage } from './checked-project.js';
import { satisfies } from './version-range.js';

/** Packages that keep what decorators record, so that all code must see one copy. */
const ONE_COPY = ['lambent', 'tsyringe', 'reflect-metadata', 'class-validator', 'class-transformer'];

/** Checks that Lambent and its peers are installed once, in versions that fit. */
export function checkPackages(project: CheckedProject): readonly Finding[] {
  const lambent = project.installed('lambent');
  if (!lambent) {
    const change = 'npm install lambent reflect-metadata tsyringe class-validator class-transformer';
    const what = 'lambent is not installed in the project.';
    return [{ level: 'error', what, why: 'Nothing that imports it can be loaded.', change }];
  }
  return [
    ...peerFindings(project, lambent),
    ...bundlerFindings(project),
    ...ONE_COPY.flatMap((name) => copyFindings(project, name, lambent)),
  ];
}

function peerFindings(project: CheckedProject, { manifest }: InstalledPackage): Finding[] {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  return Object.entries(peerDependencies).flatMap(([name, range]): Finding[] => {
    const peer = project.installed(name);
    const optional = peerDependenciesMeta[name]?.optional === true;
    if (!peer && optional) return [];
    const change = `npm install "${name}@${range}"`;
    if (!peer) return [{ level: 'error', what: `${name} is not installed.`, why: 'Lambent imports it.', change }];
    const version = peer.manifest.version ?? '0.0.0';
    if (satisfies(version, range)) return [];
    const what = `${name} ${version} is installed, and Lambent takes ${range}.`;
    return [{ level: optional ? 'warning' : 'error', what, why: 'Lambent is not tested with it.', change }];
  });
}

function bundlerFindings(project: CheckedProject): Finding[] {
  if (project.installed('rolldown')) return [];
  const why = 'Commands that read sources need it. Without it, this command does not check type imports.';
  const change = 'npm install --save-dev rolldown';
  return [{ level: 'warning', what: 'rolldown is not installed.', why, change }];
}

function copyFindings(project: CheckedProject, name: string, lambent: InstalledPackage): Finding[] {
  const folders = withParents(project.root).flatMap((parent) => copiesIn(join(parent, 'node_modules'), name));
  // A linked Lambent finds packages where it really is.
  if (name !== 'lambent') folders.push(lambent.folder);
  const copies = new Map<string, string>();
  for (const folder of folders) {
    const found = project.installed(name, folder);
    if (found) copies.set(found.folder, found.manifest.version ?? 'without a version');
  }
  if (copies.size < 2) return [];
  const list = Array.from(copies, ([folder, version]) => `${folder} (${version})`).join(', ');
  return [
    {
      level: 'error',
      what: `There are ${copies.size} copies of ${name}: ${list}.`,
      why: 'Each copy knows only the decorators that were called with it: rules and providers are missing.',
      change: `Run "npm ls ${name}", bring all dependents to one version, then "npm dedupe".`,
    },
  ];
}

/** Returns folders from which a package of this name is found: that of `node_modules`, and of packages that nest it. */
function copiesIn(modules: string, name: string): string[] {
  const own = isFile(join(modules, name, 'package.json')) ? [join(modules, '..')] : [];
  const nested = packagesIn(modules).flatMap((folder) => copiesIn(join(folder, 'node_modules'), name));
  return [...own, ...nested];
}

function packagesIn(modules: string): string[] {
  const names = foldersIn(modules).filter((name) => !name.startsWith('.'));
  return names.flatMap((name) => {
    const folder = join(modules, name);
    return name.startsWith('@') ? foldersIn(folder).map((inner) => join(folder, inner)) : [folder];
  });
}

/** Links are left out: what is behind them is elsewhere, or in a circle. */
function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch {
    return [];
  }
}
