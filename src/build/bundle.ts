import type { OutputChunk, Plugin, RolldownLog } from 'rolldown';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { BuildSettings } from './build-options.js';
import type { BundlerOutput } from './bundler-options.js';
import { ImportGraph, isDependency } from './import-graph.js';
import { bundlerOptions, inOneFile } from './preset.js';

/** What rolldown made, in memory. */
export interface Bundle {
  readonly chunks: readonly OutputChunk[];
  readonly graph: ImportGraph;
  /** What modules of packages that are in the bundle import, and is not installed, as in `pg-native (pg)`. */
  readonly absent: readonly RolldownLog[];
  /** Other warnings of rolldown. */
  readonly warnings: readonly string[];
}

/** @throws BootstrapError when the application imports what is not there; rolldown's error for what it can't read. */
export async function bundle(settings: BuildSettings, more: readonly Plugin[] = []): Promise<Bundle> {
  const { rolldown } = await loadRolldown();
  const { output, plugins, ...input } = bundlerOptions(settings);
  const [logs, graph] = [[] as RolldownLog[], new ImportGraph()];
  const onLog = (level: string, log: RolldownLog): void => void (level === 'warn' && logs.push(log));
  const bundler = await rolldown({ ...input, plugins: [...more, ...plugins, graph.plugin()], onLog });
  try {
    // Without maps there would be no telling which package a byte of minified code is of.
    const chunksOf = async (options: BundlerOutput) =>
      (await bundler.generate({ ...options, sourcemap: 'hidden' })).output.filter((file) => file.type === 'chunk');
    // Rolldown's merging of small files looks at their sizes alone.
    let chunks = await chunksOf(output);
    if (circleOf(chunks)) chunks = await chunksOf(inOneFile(output));
    return { chunks, graph, ...sorted(logs, chunks) };
  } finally {
    await bundler.close();
  }
}

function sorted(logs: readonly RolldownLog[], chunks: readonly OutputChunk[]): Pick<Bundle, 'absent' | 'warnings'> {
  const unresolved = logs.filter(({ code }) => code === 'UNRESOLVED_IMPORT');
  refuseAbsentInSources(unresolved.filter(({ id }) => !isDependency(id ?? '')));
  // A module that is left out of the bundle imports nothing: an index names many, each with packages of its own.
  const kept = new Set(chunks.flatMap(({ modules }) => Object.keys(modules)));
  const absent = unresolved.filter(({ id }) => id !== undefined && kept.has(id));
  const others = logs.filter(({ code }) => code !== 'UNRESOLVED_IMPORT');
  return { absent, warnings: others.map(({ message }) => plain(message)) };
}

function refuseAbsentInSources(absent: readonly RolldownLog[]): void {
  if (absent.length === 0) return;
  const list = absent.map(({ exporter, id }) => `${exporter} (imported by ${id})`).join(', ');
  throw new BootstrapError(
    `Not installed: ${list}. Install it, or name it in the option "external" where a layer or the runtime has it.`,
  );
}

/** Without the codes for colours. */
function plain(message: string): string {
  // oxlint-disable-next-line no-control-regex
  return message.replaceAll(/\u001B\[[\d;]*m/g, '').trim();
}

/** @throws BootstrapError when rolldown is not installed, or this Node can't load it. */
export async function loadRolldown(): Promise<typeof import('rolldown')> {
  try {
    return await import('rolldown');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new BootstrapError('build() needs rolldown, which is not installed: npm install --save-dev rolldown', {
        cause: error,
      });
    }
    throw new BootstrapError(`rolldown can't be loaded by Node ${process.version}: ${message}`, { cause: error });
  }
}

/** A file of a bundle, as far as it is looked at. */
interface File {
  readonly fileName: string;
  /** Files that are loaded with it. */
  readonly imports?: readonly string[];
}

/**
 * Files of a bundle that import each other, the first twice; `undefined` where there are none. One of them would run
 * before the other, and find none of its classes.
 */
export function circleOf(files: readonly File[]): string[] | undefined {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const imported of byName.get(name)?.imports ?? []) {
      const circle = visit(imported, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of byName.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}
