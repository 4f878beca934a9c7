import { relative } from 'node:path';
import type { BuildReport, BuiltFile } from './build-report.js';
import { kilobytes } from './kilobytes.js';

const LISTED_PACKAGES = 8;

const ROLES: Readonly<Record<BuiltFile['role'], string>> = {
  entry: 'handler',
  shared: 'loaded with it',
  lazy: 'loaded when it is asked for',
};

/** The report for people. */
export function summary(report: BuildReport, cwd: string): string {
  const { files, packages, external, outDir, mapsDir } = report;
  const width = Math.max(...files.map(({ name }) => name.length));
  const from = (folder: string) => relative(cwd, folder) || '.';
  const blocks = [
    `${from(outDir)}: ${kilobytes(report.bytes).trim()}, as a zip ${kilobytes(report.zipBytes).trim()}`,
    ...files.map(({ name, bytes, gzipBytes, role }) => `  ${name.padEnd(width)} ${kilobytes(bytes)} ${kilobytes(gzipBytes)} gzip  ${ROLES[role]}`),
    'Of these',
    ...packages.slice(0, LISTED_PACKAGES).map(({ name, bytes }) => ` ${kilobytes(bytes)}  ${name}`),
    ...(external.length > 0 ? [`Left out, and needed where it runs: ${external.join(', ')}`] : []),
    ...(mapsDir !== undefined && mapsDir !== outDir ? [`Source maps: ${from(mapsDir)}`] : []),
  ];
  return blocks.join('\n');
}
