import { relative } from 'node:path';
import type { BuildReport, BuiltFile, CodeCacheReport, PlanItem, PlanReport } from './build-report.js';

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
    `${from(outDir)}: ${kilobytes(report.bytes)}, as a zip ${kilobytes(report.zipBytes)}`,
    ...files.map(
      ({ name, bytes, gzipBytes, role }) =>
        `  ${name.padEnd(width)} ${inColumn(bytes)} ${inColumn(gzipBytes)} gzip  ${ROLES[role]}`,
    ),
    ...report.plan.flatMap((plan) => [planLine(plan), ...plan.items.flatMap(lateLine)]),
    ...(report.codeCache ? [cacheLine(report.codeCache, from)] : []),
    'Largest packages:',
    ...packages.slice(0, LISTED_PACKAGES).map(({ name, bytes }) => ` ${inColumn(bytes)}  ${name}`),
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
  const blocks = Object.entries(KINDS).flatMap(([kind, title]) => {
    const ofKind = items.filter((item) => item.kind === kind);
    const lines = ofKind.map((item) => `    ${item.name.padEnd(width)}  ${noteOf(item)}`);
    return ofKind.length > 0 ? [`  ${title}`, ...lines] : [];
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
  const sizes = `${kilobytes(bytes)}, in a zip ${kilobytes(zipBytes)}`;
  return `Code cache: ${sizes}, for Node ${made}, from ${events.join(', ') || 'the start only'}`;
}

function lateLine({ name, reason }: PlanItem): string[] {
  return reason === undefined ? [] : [`Planned at its first request: lazy("${name}"), because ${firstLine(reason)}`];
}

function planLine({ entry, planned, reason = '' }: PlanReport): string {
  if (planned === 'build') return `Planned in the build: ${entry}`;
  return `Planned at each start: ${entry}, because ${firstLine(reason)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}

/** Formats a size, as in `12.3 kB`. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** Aligns sizes up to 99,999.9 kB. */
export function inColumn(bytes: number): string {
  return kilobytes(bytes).padStart(10);
}
