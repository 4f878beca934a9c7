import type { SourceFile, SourceImport } from './source-file.js';

/** docs/architecture.md, ground first. A folder imports only from floors below its own. */
const FLOORS: readonly (readonly string[])[] = [
  ['shared'],
  ['errors', 'metadata'],
  ['http', 'router', 'settings'],
  ['contracts'],
  ['decorators', 'modules', 'events', 'validation', 'logging', 'aws'],
  ['binding', 'pipeline', 'openapi'],
  ['auth', 'cache', 'config', 'health', 'messaging', 'observability', 'rate-limit'],
  ['application'],
  ['samples'],
  ['testing', 'local'],
  ['build', 'deployment'],
  ['cdk'],
  ['cli'],
];

const AWS_SDK = /^@(aws-sdk|smithy)\//;

/** Packages that only their owners import, not even their types elsewhere. */
const OWNERS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^tsyringe$/, ['modules']],
  [/^class-(validator|transformer)(\/|$)/, ['validation']],
  [/^winston(-transport)?$/, ['logging']],
  [/^logform$/, ['logging']],
  [/^reflect-metadata(\/|$)/, ['metadata']],
  [AWS_SDK, ['aws', 'health', 'messaging', 'rate-limit']],
  [/^(aws-cdk-lib|constructs)(\/|$)/, ['cdk']],
  [/^aws-jwt-verify(\/|$)/, ['auth']],
  [/^lru-cache$/, ['cache']],
  [/^@opentelemetry\//, ['observability']],
  [/^@aws-lambda-powertools\/(metrics|tracer)(\/|$)/, ['observability']],
];

const VAGUE_NAMES = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc']);

export interface Package {
  /** What the manifest lets a published file import. */
  readonly dependencies: ReadonlySet<string>;
  /** Files that the `exports` map names, as in `testing/index.ts`. */
  readonly entries: ReadonlySet<string>;
}

type Tree = ReadonlyMap<string, SourceFile>;
type Rule = (file: SourceFile, tree: Tree, manifest: Package) => readonly string[];

/** Every breach in the tree as `file -> import: rule`, an empty list when the architecture holds. */
export function violations(files: readonly SourceFile[], manifest: Package): string[] {
  const tree = new Map(files.map((file) => [file.path, file]));
  const breaches = files.flatMap((file) =>
    RULES.flatMap((rule) => rule(file, tree, manifest)).map((breach) => `${file.path} ${breach}`),
  );
  return [...breaches, ...circles(importsOf(tree)), ...circles(importsBetweenRooms(tree))];
}

const RULES: readonly Rule[] = [
  (file) => file.offences,
  namesSayWhatTheyHold,
  standsOnAFloor,
  importsFromLowerFloors,
  importsNoEntry,
  importsExistingFiles,
  leavesPackagesToTheirOwner,
  importsDeclaredPackages,
];

function namesSayWhatTheyHold({ path }: SourceFile, _tree: Tree, { entries }: Package): string[] {
  const names = path.replace(/(\.d)?\.ts$/, '').split('/');
  const breaches = names
    .filter((name) => VAGUE_NAMES.has(name))
    .map((name) => `is called "${name}", which says nothing`);
  if (!names.every((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))) breaches.push('is not in kebab-case');
  if (names.at(-1) === 'index' && !entries.has(path))
    breaches.push('is a barrel: an index.ts that package.json does not export');
  return breaches;
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');
const floorOf = (path: string): number => FLOORS.findIndex((floor) => floor.includes(folderOf(path)));

function standsOnAFloor({ path }: SourceFile): string[] {
  return path === 'index.ts' || floorOf(path) >= 0
    ? []
    : ['stands on no floor: name its folder in docs/architecture.md'];
}

function importsFromLowerFloors(file: SourceFile): string[] {
  if (file.path === 'index.ts') return [];
  return eachTarget(file, (target) => {
    if (folderOf(target) === folderOf(file.path) || floorOf(target) < floorOf(file.path)) return undefined;
    return floorOf(target) === floorOf(file.path) ? 'another folder of the same floor' : 'a higher floor';
  });
}

function importsNoEntry(file: SourceFile, _tree: Tree, { entries }: Package): string[] {
  return eachTarget(file, (target) => (entries.has(target) ? 'an entry, which nothing imports' : undefined));
}

function importsExistingFiles(file: SourceFile, tree: Tree): string[] {
  return eachTarget(file, (target) => (tree.has(target) ? undefined : 'no such file'));
}

function leavesPackagesToTheirOwner(file: SourceFile): string[] {
  return eachPackage(file, ({ specifier, kind }) => {
    const owners = OWNERS.find(([name]) => name.test(specifier))?.[1];
    if (owners === undefined) return undefined;
    if (!owners.includes(folderOf(file.path))) return `only ${owners.join('/, ')}/ may`;
    return AWS_SDK.test(specifier) && kind === 'value' ? 'the SDK is loaded by the app, or on first use' : undefined;
  });
}

function importsDeclaredPackages(file: SourceFile, _tree: Tree, { dependencies }: Package): string[] {
  return eachPackage(file, ({ specifier, kind }) => {
    const name = packageOf(specifier);
    if (dependencies.has(name) || (kind === 'type' && dependencies.has(`@types/${name}`))) return undefined;
    return 'neither a dependency nor a peer in package.json';
  });
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

type Judge<T> = (imported: T) => string | undefined;

function eachTarget(file: SourceFile, judge: Judge<string>): string[] {
  return judged(file, ({ target }) => (target === undefined ? undefined : judge(target)));
}

function eachPackage(file: SourceFile, judge: Judge<SourceImport>): string[] {
  return judged(file, (imported) => {
    const isPackage = imported.target === undefined && !imported.specifier.startsWith('node:');
    return isPackage ? judge(imported) : undefined;
  });
}

function judged(file: SourceFile, judge: Judge<SourceImport>): string[] {
  return file.imports.flatMap((imported) => {
    const breach = judge(imported);
    return breach === undefined ? [] : [`-> ${imported.specifier}: ${breach}`];
  });
}

type Edges = ReadonlyMap<string, Iterable<string>>;

/** One path for each back edge of a depth-first walk. */
function circles(edges: Edges): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), path].join(' -> ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) walk(path, []);
  return found;
}

/** Imports between files; type imports and dynamic ones count. */
function importsOf(tree: Tree): Edges {
  return new Map([...tree].map(([path, { imports }]) => [path, imports.flatMap(({ target }) => target ?? [])]));
}

/** Imports between the folders inside one folder, such as `http/request` and `http/message`. */
function importsBetweenRooms(tree: Tree): Edges {
  const edges = new Map<string, Set<string>>();
  for (const [path, targets] of importsOf(tree)) {
    for (const target of targets) {
      const [from, to] = [roomOf(path), roomOf(target)];
      if (from === undefined || to === undefined || from === to || folderOf(path) !== folderOf(target)) continue;
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  return edges;
}

/** As in `http/request`; `undefined` for a file that is directly in a folder on a floor. */
function roomOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : undefined;
}
