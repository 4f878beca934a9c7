import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { OutputChunk } from 'rolldown';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { type BuildOptions, buildSettings } from './build-options.js';
import { type BuildReport, summary } from './build-report.js';
import { bundle, type Bundle } from './bundle.js';
import { describeBundle } from './describe-bundle.js';
import { isDependency } from './import-graph.js';

/**
 * Bundles an application into one folder that can be zipped and deployed, prints what is in it, and says the same in
 * its report.
 *
 * @throws BootstrapError when rolldown is not installed, an option is wrong, or a source imports what is not there;
 *   rolldown's own error for what it can't read.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const settings = buildSettings(options);
  const bundled = await bundle(settings);
  const report = describeBundle(bundled, settings);
  await writeBundle(bundled, report);
  settings.terminal.log(summary(report, settings.cwd));
  report.warnings.forEach((warning) => settings.terminal.warn(`Warning: ${warning}`));
  return report;
}

/**
 * Writes the files and their maps in the place of those of the build before.
 *
 * @throws BootstrapError when sources of the application are in the folder.
 */
async function writeBundle({ chunks, graph }: Bundle, { outDir, mapsDir }: BuildReport): Promise<void> {
  refuseSources(
    outDir,
    graph.modules.filter((id) => !isDependency(id)),
  );
  for (const folder of new Set([outDir, mapsDir ?? outDir])) await empty(folder);
  await Promise.all(
    chunks.map((chunk) => (mapsDir === undefined ? write(outDir, chunk) : writeWithMap(outDir, mapsDir, chunk))),
  );
}

function refuseSources(outDir: string, sources: readonly string[]): void {
  const inside = sources.find((source) => resolve(source).startsWith(`${outDir}${sep}`));
  if (inside === undefined) return;
  throw new BootstrapError(
    `The option "outDir" is ${outDir}, where ${inside} is a source; take a folder for the bundle alone.`,
  );
}

const OF_A_BUILD = /\.[cm]js(?:\.map)?$/;

/** What else somebody put there, templates for instance, stays. */
async function empty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const old = (await readdir(folder)).filter((name) => OF_A_BUILD.test(name));
  await Promise.all(old.map((name) => rm(join(folder, name))));
}

async function write(outDir: string, { fileName, code }: Pick<OutputChunk, 'fileName' | 'code'>): Promise<void> {
  await writeInto(join(outDir, fileName), code);
}

/**
 * Node follows the comment to maps outside, too, where `--enable-source-maps` is set and they are there: not on Lambda.
 */
async function writeWithMap(outDir: string, mapsDir: string, { fileName, code, map }: OutputChunk): Promise<void> {
  if (map === null) return write(outDir, { fileName, code });
  const mapFile = join(mapsDir, `${fileName}.map`);
  const url = relative(join(outDir, dirname(fileName)), mapFile)
    .split(sep)
    .join(posix.sep);
  const fromMap = (source: string): string =>
    relative(dirname(mapFile), resolve(outDir, dirname(fileName), source))
      .split(sep)
      .join(posix.sep);
  // A map may have a source without a name.
  const sources = (map.sources as readonly (string | null)[]).map((source) =>
    source === null ? null : fromMap(source),
  );
  await Promise.all([
    write(outDir, { fileName, code: `${code}\n//# sourceMappingURL=${url}\n` }),
    writeInto(mapFile, JSON.stringify({ ...mapMembers(map), sources })),
  ]);
}

/** The name of an entry may have folders in it. */
async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** rolldown's maps are classes, whose members JSON does not see. */
function mapMembers({ version, file, names, mappings, sourcesContent }: NonNullable<OutputChunk['map']>): object {
  return { version, file, names, mappings, sourcesContent };
}
