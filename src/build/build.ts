import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { OutputChunk } from 'rolldown';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { type BuildOptions, buildSettings, type PresetSettings } from './build-options.js';
import type { BuildReport, CodeCacheReport, PlanReport } from './build-report.js';
import { BUILD_OUTPUT, bundle, type Bundle } from './bundle.js';
import { codeFiles } from './code-cache/code-files.js';
import { makeCodeCache, refuseUnreadable } from './code-cache/make-code-cache.js';
import { explanation, summary } from './format-report.js';
import { measureBundle } from './measure-bundle.js';
import { type FeatureUse, refuseAbsentPeers } from './optional-peers.js';
import { isDependency } from './packages.js';
import {
  planApplications,
  type Planned,
  type PlannedEntry,
  plansOf,
  UnbundledPlanner,
} from './plan/plan-applications.js';
import { substitutePlanner } from './plan/planner-substitute.js';

/**
 * Bundles an application into one folder that can be zipped and deployed. Prints a summary and returns it as a report.
 *
 * @throws BootstrapError when rolldown is not installed, an option is wrong, or a package is missing that the sources
 *   import or a feature in use needs, and for every error that the bootstrap of an application would report; rolldown's
 *   own error for a source that it cannot parse.
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const settings = buildSettings(options);
  const { codeCache } = settings;
  if (codeCache) await refuseUnreadable(codeCache, settings.cwd);
  const planned = settings.plan ? await planOrFail(settings) : undefined;
  const plans = planned && plansOf(planned);
  // The bundle of scripts is minified instead.
  const format = codeCache ? { ...settings, minify: false } : settings;
  const whole = await bundle(format, plans ? [substitutePlanner(settings, async () => plans)] : []);
  const absent = refuseAbsentPeers(whole.absent, planned?.entries.flatMap(usesOf) ?? []);
  const scripts = codeCache && (await codeFiles(whole, settings, codeCache.flags));
  const bundled = { ...whole, absent, ...(scripts && { chunks: scripts.chunks }) };
  const written = { ...measureBundle(bundled, settings), plan: planned?.entries.flatMap(planReport) ?? [] };
  await writeBundle(bundled, written);
  const report = scripts ? withCache(written, await makeCodeCache(scripts, settings, codeCache)) : written;
  settings.terminal.log(summary(report, settings.cwd, settings.verbose));
  if (settings.explain) settings.terminal.log(explanation(report));
  report.warnings.forEach((warning) => settings.terminal.warn(`Warning: ${warning}`));
  return report;
}

/** Adds the code cache to a report, with a warning if the sample events failed. */
function withCache(report: BuildReport, codeCache: CodeCacheReport): BuildReport {
  const { failure, results } = codeCache;
  const failed = results.find(({ status = 200 }) => status >= 500);
  const why = failure ?? (failed && `the status of the response to ${failed.event} is ${failed.status}`);
  if (why === undefined) return { ...report, codeCache };
  const warning = `The code cache contains only what ran until the application failed: ${why}.`;
  return { ...report, codeCache, warnings: [...report.warnings, warning] };
}

/** @throws The bundler's error where there is nothing to plan with: it would be that of the bundle. */
async function planOrFail(settings: PresetSettings): Promise<Planned> {
  try {
    return await planApplications(settings);
  } catch (error) {
    throw error instanceof UnbundledPlanner ? error.cause : error;
  }
}

/** Reports on an entry, if it creates applications. */
function planReport({ name, outcome: { plans, reason } }: PlannedEntry): PlanReport[] {
  if (reason !== undefined) return [{ entry: name, planned: 'start', reason, items: [] }];
  // Lazy modules may share DTO classes.
  const items = new Map(plans.flatMap((plan) => plan.items.map((item) => [JSON.stringify(item), item])));
  return plans.length > 0 ? [{ entry: name, planned: 'build', items: [...items.values()] }] : [];
}

/** Returns what an entry's applications use. Nothing more is known of those without a plan. */
function usesOf({ outcome: { plans, uses } }: PlannedEntry): readonly FeatureUse[] {
  return plans ? uses : [...uses, {}];
}

/**
 * Writes the files and their maps, replacing those of the previous build.
 *
 * @throws BootstrapError when the folder contains sources of the application.
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
    `The option "outDir" is ${outDir}, which contains the source ${inside}. Use a folder for the bundle only.`,
  );
}

/** Removes the files of the previous build. Other files in the folder, such as templates, stay. */
async function empty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const old = (await readdir(folder)).filter((name) => BUILD_OUTPUT.test(name));
  await Promise.all(old.map((name) => rm(join(folder, name))));
}

async function write(outDir: string, { fileName, code }: Pick<OutputChunk, 'fileName' | 'code'>): Promise<void> {
  await writeInto(join(outDir, fileName), code);
}

/**
 * Writes a file and its map. With `--enable-source-maps`, Node follows the comment to maps outside the folder, too,
 * where they exist: not on Lambda.
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
  // Sources in a map may have no name.
  const sources = (map.sources as readonly (string | null)[]).map((source) =>
    source === null ? null : fromMap(source),
  );
  await Promise.all([
    write(outDir, { fileName, code: `${code}\n//# sourceMappingURL=${url}\n` }),
    writeInto(mapFile, JSON.stringify({ ...mapMembers(map), sources })),
  ]);
}

/** Writes a file, creating its folder: names of entries may contain folders. */
async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Returns the members of a map, which JSON omits because rolldown's maps are classes. */
function mapMembers({ version, file, names, mappings, sourcesContent }: NonNullable<OutputChunk['map']>): object {
  return { version, file, names, mappings, sourcesContent };
}
