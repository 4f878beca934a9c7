import { relative } from 'node:path';

/** A file of the deployed folder. */
export interface BuiltFile {
  /** The path in the folder, such as `handler.mjs`. */
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** `entry` has a handler, `shared` is loaded with it, and `lazy` is loaded by the first `import()`. */
  readonly role: 'entry' | 'shared' | 'lazy';
}

/** A package in the bundle, and why it is there. */
export interface BundledPackage {
  readonly name: string;
  /** The size in all files together, after minifying. */
  readonly bytes: number;
  /** The chain of imports from an entry: files of the application, then packages. */
  readonly importedBy: readonly string[];
}

/** A part of a plan. */
export interface PlanItem {
  readonly kind: 'route' | 'consumer' | 'lazy' | 'dto';
  /** As in `GET /orders/:id`, `sqs queue=orders`, the whole prefix of a lazy module, or `CreateOrder`. */
  readonly name: string;
  /** The controller method, as in `OrdersController.get`. */
  readonly method?: string;
  /** For a DTO class: whether its reader is generated, and what it leaves to class-validator. */
  readonly note?: string;
  /** For a lazy module that the build could not plan, so that its first request does: why. */
  readonly reason?: string;
}

/** Whether the applications of an entry are planned by the build or by each start. */
export interface PlanReport {
  /** The name of the entry's file, without an extension. */
  readonly entry: string;
  readonly planned: 'build' | 'start';
  /** Why it is not the build. */
  readonly reason?: string;
  /** What was planned. */
  readonly items: readonly PlanItem[];
}

/** The code cache, and what it was made with. */
export interface CodeCacheReport {
  /** The path in the folder, such as `handler.code-cache`. */
  readonly file: string;
  readonly bytes: number;
  /** Its approximate size in a zip. */
  readonly zipBytes: number;
  /** The release of Node, such as `v24.11.0`. */
  readonly node: string;
  readonly flags: readonly string[];
  /** The paths of the events that the handler took, each with the status of the response, if there was one. */
  readonly results: readonly { readonly event: string; readonly status?: number | undefined }[];
  /** Why the handler took no more of the events. */
  readonly failure?: string;
}

/** What `build` wrote, in numbers. */
export interface BuildReport {
  readonly outDir: string;
  /** The folder of the source maps, if there are any. */
  readonly mapsDir?: string;
  readonly files: readonly BuiltFile[];
  /** The application itself and its packages, largest first. */
  readonly packages: readonly BundledPackage[];
  readonly bytes: number;
  /** The size of the files loaded with the handler. With several handlers, of the one that loads most. */
  readonly startBytes: number;
  /** The approximate size of `outDir` as a zip, without source maps. */
  readonly zipBytes: number;
  /** Packages that were left out, which the bundle imports at run time. */
  readonly external: readonly string[];
  readonly warnings: readonly string[];
  /** What was planned in the build, for each entry. */
  readonly plan: readonly PlanReport[];
  /** With the option `codeCache`. */
  readonly codeCache?: CodeCacheReport;
}

const LISTED_PACKAGES = 8;
/** More files that are loaded on demand are one line of the summary, unless all are asked for. */
const LISTED_LAZY = 5;

const ROLES: Readonly<Record<BuiltFile['role'], string>> = {
  entry: 'handler',
  shared: 'loaded with it',
  lazy: 'loaded on demand',
};

/**
 * Formats a report for the terminal.
 *
 * @param verbose Whether to list every file.
 */
export function summary(report: BuildReport, cwd: string, verbose = false): string {
  const { packages, external, outDir, mapsDir } = report;
  const files = verbose ? report.files : groupedFiles(report.files);
  const width = Math.max(...files.map(({ name }) => name.length));
  const from = (folder: string) => relative(cwd, folder) || '.';
  const blocks = [
    `${from(outDir)}: ${kilobytes(report.bytes).trim()}, as a zip ${kilobytes(report.zipBytes).trim()}`,
    ...files.map(
      ({ name, bytes, gzipBytes, role }) =>
        `  ${name.padEnd(width)} ${kilobytes(bytes)} ${kilobytes(gzipBytes)} gzip  ${ROLES[role]}`,
    ),
    ...report.plan.flatMap((plan) => [planLine(plan), ...plan.items.flatMap(lateLine)]),
    ...(report.codeCache ? [cacheLine(report.codeCache, from)] : []),
    'Largest packages:',
    ...packages.slice(0, LISTED_PACKAGES).map(({ name, bytes }) => ` ${kilobytes(bytes)}  ${name}`),
    ...(external.length > 0 ? [`Left out, needed at run time: ${external.join(', ')}`] : []),
    ...(mapsDir !== undefined && mapsDir !== outDir ? [`Source maps: ${from(mapsDir)}`] : []),
  ];
  return blocks.join('\n');
}

/** Replaces files that are loaded on demand with one entry, which has their number and size. */
function groupedFiles(files: readonly BuiltFile[]): readonly BuiltFile[] {
  const lazy = files.filter(({ role }) => role === 'lazy');
  if (lazy.length <= LISTED_LAZY) return files;
  const sum = (size: 'bytes' | 'gzipBytes') => lazy.reduce((total, file) => total + file[size], 0);
  const group = { name: `${lazy.length} files`, bytes: sum('bytes'), gzipBytes: sum('gzipBytes') };
  return [...files.filter(({ role }) => role !== 'lazy'), { ...group, role: 'lazy' }];
}

const KINDS: Readonly<Record<PlanItem['kind'], string>> = {
  route: 'Routes',
  consumer: 'Consumers',
  lazy: 'Lazy modules',
  dto: 'DTO classes',
};

/** Formats what was planned in the build, and why the rest was not. */
export function explanation({ plan }: Pick<BuildReport, 'plan'>): string {
  return plan.map(explained).join('\n');
}

function explained({ entry, planned, reason, items }: PlanReport): string {
  if (planned === 'start') return `${entry} is planned at each start: ${reason}`;
  const width = Math.max(0, ...items.map(({ name }) => name.length));
  const blocks = (Object.keys(KINDS) as PlanItem['kind'][]).flatMap((kind) => {
    const ofKind = items.filter((item) => item.kind === kind);
    const lines = ofKind.map((item) => `    ${item.name.padEnd(width)}  ${noteOf(item)}`);
    return ofKind.length > 0 ? [`  ${KINDS[kind]}`, ...lines] : [];
  });
  return [`${entry} is planned in the build:`, ...blocks].join('\n');
}

function noteOf({ kind, method = '', note = '', reason }: PlanItem): string {
  if (kind !== 'lazy') return method + note;
  return reason === undefined ? 'planned in the build' : `planned at its first request: ${reason}`;
}

function cacheLine({ bytes, zipBytes, node, flags, results }: CodeCacheReport, from: (path: string) => string): string {
  const made = [node, ...flags].join(' ');
  const events = results.map(({ event, status }) =>
    status === undefined ? from(event) : `${from(event)} (${status})`,
  );
  const sizes = `${kilobytes(bytes).trim()}, in a zip ${kilobytes(zipBytes).trim()}`;
  return `Code cache: ${sizes}, for Node ${made}, from ${events.join(', ') || 'the start only'}`;
}

function lateLine({ name, reason }: PlanItem): string[] {
  return reason === undefined ? [] : [`Planned at its first request: lazy("${name}"), because ${firstLine(reason)}`];
}

function planLine({ entry, planned, reason }: PlanReport): string {
  if (planned === 'build') return `Planned in the build: ${entry}`;
  return `Planned at each start: ${entry}, because ${firstLine(reason!)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}

/** Formats a size such as ` 12.3 kB`, padded for a column. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
