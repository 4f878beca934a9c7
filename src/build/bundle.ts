import { stripVTControlCharacters } from 'node:util';
import type { OutputChunk, Plugin, RolldownLog } from 'rolldown';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { isNotInstalled } from '../errors/missing-peers.js';
import { depthFirst } from '../shared/depth-first.js';
import { documentation } from '../shared/documentation.js';
import { messageOf } from '../shared/thrown.js';
import type { PresetSettings } from './build-options.js';
import { bundlerOptions, inOneFile, startInOneFile } from './bundler-options.js';
import { earlyModule, filesOfStart, waitsAtTopLevel } from './evaluation-order.js';
import { ImportGraph } from './import-graph.js';
import { isDependency } from './packages.js';
import type { BundlerOutput } from './rolldown-types.js';
import { loadParser } from './syntax.js';

/** The files of a bundle, by their names; all others in its folder are the user's. */
export const BUILD_OUTPUT = /\.(?:[cm]js(?:\.map)?|code-cache)$/;

/** The output of rolldown, in memory. */
export interface Bundle {
  readonly chunks: readonly OutputChunk[];
  readonly graph: ImportGraph;
  /** Imports of bundled packages that are not installed, such as that of `pg-native` in `pg`. */
  readonly absent: readonly RolldownLog[];
  /** All other warnings of rolldown. */
  readonly warnings: readonly string[];
}

/**
 * Bundles an application in memory.
 *
 * @param first Plugins that come before those of the preset.
 * @param last Plugins that come after them.
 * @throws BootstrapError when an import of the application is missing, or an entry is a CommonJS module and the bundle
 *   an ES module; rolldown's error for a source it cannot parse.
 */
export async function bundle(
  settings: PresetSettings,
  first: readonly Plugin[] = [],
  last: readonly Plugin[] = [],
): Promise<Bundle> {
  const { rolldown } = await loadRolldown();
  const { output, plugins, ...input } = bundlerOptions(settings);
  const [logs, graph] = [[] as RolldownLog[], new ImportGraph()];
  const onLog = (level: string, log: RolldownLog): void => void (level === 'warn' && logs.push(log));
  const bundler = await rolldown({ ...input, plugins: [...first, ...plugins, ...last, graph.plugin()], onLog });
  try {
    // Source maps show which package each byte of minified code comes from.
    const chunksOf = async (options: BundlerOutput) =>
      (await bundler.generate({ ...options, sourcemap: 'hidden' })).output.filter((file) => file.type === 'chunk');
    let chunks = await chunksOf(output);
    // Rolldown merges small files by their sizes only, which can make files import each other.
    if (circleOf(chunks)) chunks = await chunksOf(inOneFile(output));
    const isEarly = () => earlyModule(chunks, graph) !== undefined;
    if (graph.entries.length === 1 && isEarly()) chunks = await chunksOf(await inOneStart(output, chunks));
    if (isEarly() || circleOf(chunks)) chunks = await chunksOf({ ...output, strictExecutionOrder: true });
    if (settings.format === 'esm') refuseCommonJs(chunks, graph);
    return { chunks, graph, ...sorted(logs, chunks) };
  } finally {
    await bundler.close();
  }
}

/**
 * Returns options that put all that a handler imports into the file of shared code, in its order, at no cost. A module
 * that waits at its top level stays apart: what it waits for may load that file. Where this is not enough, as for
 * several handlers, modules have to become functions, which takes more code.
 */
async function inOneStart(output: BundlerOutput, chunks: readonly OutputChunk[]): Promise<BundlerOutput> {
  const parse = await loadParser();
  const entry = chunks.find(({ isEntry }) => isEntry)!;
  const modules = filesOfStart(entry, chunks).flatMap((chunk) => Object.entries(chunk.modules));
  const imported = modules.filter(([id, { code }]) => id !== entry.facadeModuleId && !waitsAtTopLevel(parse(code)));
  return startInOneFile(output, new Set(imported.map(([id]) => id)));
}

function sorted(logs: readonly RolldownLog[], chunks: readonly OutputChunk[]): Pick<Bundle, 'absent' | 'warnings'> {
  const unresolved = logs.filter(({ code }) => code === 'UNRESOLVED_IMPORT');
  refuseAbsentInSources(unresolved.filter(({ id }) => !isDependency(id ?? '')));
  // Ignores modules that were left out of the bundle: an index file re-exports many, and each may import packages
  // that are not installed.
  const kept = new Set(chunks.flatMap(({ modules }) => Object.keys(modules)));
  const absent = unresolved.filter(({ id }) => id !== undefined && kept.has(id));
  const others = logs.filter((log) => log.code !== 'UNRESOLVED_IMPORT' && !isOfStart(log));
  return { absent, warnings: others.map(({ message }) => plain(message)) };
}

/** Whether a warning is about what {@link startInOneFile} allows: that code on demand may import the handler. */
function isOfStart({ code, message }: RolldownLog): boolean {
  return code === 'INVALID_OPTION' && message.includes('preserveEntrySignatures');
}

/**
 * Refuses entries that are CommonJS modules: the bundler makes their exports one default export, which Lambda's runtime
 * does not look into.
 */
function refuseCommonJs(chunks: readonly OutputChunk[], graph: ImportGraph): void {
  const [id] = chunks.flatMap(({ isEntry, facadeModuleId, exports: names }) => {
    const isDefault = isEntry && names.length === 1 && names[0] === 'default';
    return isDefault && facadeModuleId !== null && !graph.hasDefault(facadeModuleId) ? facadeModuleId : [];
  });
  if (id === undefined) return;
  throw new BootstrapError(
    `${id} is a CommonJS module. Bundled as an ES module, it would export no names. ` +
      'Write "export const handler = …", or set the option "format" to "cjs" (--format cjs).',
  );
}

function refuseAbsentInSources(absent: readonly RolldownLog[]): void {
  if (absent.length === 0) return;
  const list = absent.map(({ exporter, id }) => `${exporter} (imported by ${id})`).join(', ');
  const nest = absent.some(({ exporter }) => exporter?.startsWith('@nestjs/'))
    ? ` What Lambent has instead of NestJS's packages is in ${documentation('coming-from.md')}.`
    : '';
  throw new BootstrapError(
    `Not installed: ${list}. Install it, or add it to the option "external" if a layer or the runtime provides ` +
      `it.${nest}`,
  );
}

/** Strips ANSI colour codes. */
export function plain(message: string): string {
  return stripVTControlCharacters(message).trim();
}

/** Loads rolldown. @throws BootstrapError when it is not installed, or this version of Node cannot load it. */
export async function loadRolldown(): Promise<typeof import('rolldown')> {
  try {
    return await import('rolldown');
  } catch (error) {
    const message = isNotInstalled(error)
      ? 'build() needs rolldown, which is not installed: npm install --save-dev rolldown'
      : `Node ${process.version} cannot load rolldown: ${messageOf(error)}`;
    throw new BootstrapError(message, { cause: error });
  }
}

/** The part of a bundle's file that {@link circleOf} reads. */
interface File {
  readonly fileName: string;
  /** The files that are loaded with it. */
  readonly imports?: readonly string[];
}

/**
 * Returns files of a bundle that import each other in a circle, starting and ending with the same file, or `undefined`
 * when there are none. In a circle, one file runs before the other has defined its classes.
 */
export function circleOf(files: readonly File[]): string[] | undefined {
  const imports = new Map(files.map(({ fileName, imports: imported = [] }) => [fileName, imported]));
  const { circle } = depthFirst(imports.keys(), (name) => imports.get(name) ?? []);
  return circle && [...circle, ...circle.slice(0, 1)];
}
