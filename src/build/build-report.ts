import { relative } from 'node:path';

/** One file of the folder that is deployed. */
export interface BuiltFile {
  /** In the folder, as in `handler.mjs`. */
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  /** `entry` has a handler, `shared` is loaded with one, `lazy` is loaded when it is first asked for. */
  readonly role: 'entry' | 'shared' | 'lazy';
}

/** A package that is in the bundle, and why. */
export interface BundledPackage {
  readonly name: string;
  /** Of all files together, after minifying. */
  readonly bytes: number;
  /** The way by which it comes in, from an entry on: files of the application, then packages. */
  readonly importedBy: readonly string[];
}

/** What `build` made, in numbers. */
export interface BuildReport {
  readonly outDir: string;
  /** The folder of the source maps, where there are any. */
  readonly mapsDir?: string;
  readonly files: readonly BuiltFile[];
  /** The heaviest first, the application itself among them. */
  readonly packages: readonly BundledPackage[];
  readonly bytes: number;
  /** Of the files that are loaded with the handler; with the one that loads the most, where there are several. */
  readonly startBytes: number;
  /** What `outDir` has as a zip, near enough; without source maps. */
  readonly zipBytes: number;
  /** Packages that the bundle imports at run time, because they were left out. */
  readonly external: readonly string[];
  readonly warnings: readonly string[];
}

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
    ...files.map(
      ({ name, bytes, gzipBytes, role }) =>
        `  ${name.padEnd(width)} ${kilobytes(bytes)} ${kilobytes(gzipBytes)} gzip  ${ROLES[role]}`,
    ),
    'Of these',
    ...packages.slice(0, LISTED_PACKAGES).map(({ name, bytes }) => ` ${kilobytes(bytes)}  ${name}`),
    ...(external.length > 0 ? [`Left out, and needed where it runs: ${external.join(', ')}`] : []),
    ...(mapsDir !== undefined && mapsDir !== outDir ? [`Source maps: ${from(mapsDir)}`] : []),
  ];
  return blocks.join('\n');
}

/** As in ` 12.3 kB`, in a column of its own width. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
