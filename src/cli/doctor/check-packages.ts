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
    ...Array.from(loadedCopies(project)).flatMap(([name, copies]) => copyFindings(name, copies)),
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

function copyFindings(name: string, copies: ReadonlyMap<string, InstalledPackage>): Finding[] {
  if (copies.size < 2) return [];
  const places = Array.from(
    copies.values(),
    ({ folder, manifest: { version = 'without a version' } }) => `${folder} (${version})`,
  );
  return [
    {
      level: 'error',
      what: `There are ${copies.size} copies of ${name}: ${places.join(', ')}.`,
      why: 'Each copy knows only the decorators that were called with it: rules and providers are missing.',
      change: `Run "npm ls ${name}", bring all dependents to one version, then "npm dedupe".`,
    },
  ];
}

/** The copies of each package of `ONE_COPY` by their folders. */
type Copies = ReadonlyMap<string, Map<string, InstalledPackage>>;

/**
 * Finds the copies that the project or a package it depends on, directly or not, loads. Others may be installed beside
 * it, such as those of the project in the folder above.
 */
function loadedCopies(project: CheckedProject): Copies {
  const copies: Copies = new Map(ONE_COPY.map((name) => [name, new Map()]));
  const seen = new Set<string>();
  const visit = (folder: string, names: readonly string[]): void => {
    const installed = names.map((name) => ({ name, found: project.installed(name, folder) }));
    for (const { name, found } of installed) if (found) copies.get(name)?.set(found.folder, found);
    for (const { found } of installed) {
      if (!found || seen.has(found.folder)) continue;
      seen.add(found.folder);
      const { dependencies, optionalDependencies, peerDependencies } = found.manifest;
      visit(found.folder, Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
    }
  };
  const { dependencies, devDependencies, peerDependencies } = project.manifest;
  visit(project.root, [...Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }), ...ONE_COPY]);
  return copies;
}
