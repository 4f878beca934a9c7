import { dirname, relative, resolve } from 'node:path';
import type { OutputChunk } from 'rolldown';
import type { BuildSettings } from './build-options.js';
import type { BundledPackage } from './build-report.js';
import type { Bundle } from './bundle.js';
import { mappedBytes } from './mapped-bytes.js';
import { BUNDLER, PackageNames } from './package-of.js';

/** What the modules of the application itself go by. */
export const APPLICATION = 'the application';

/** What makes up the files, the heaviest first. */
export function bundledPackages({ chunks, graph }: Pick<Bundle, 'chunks' | 'graph'>, settings: BuildSettings): BundledPackage[] {
  const { cwd, outDir } = settings;
  const names = new PackageNames();
  const own = new Set(graph.entries.map((id) => names.of(id)));
  const nameOf = (id: string): string => {
    const name = names.of(id);
    return own.has(name) ? APPLICATION : (name ?? id);
  };
  const label = (id: string): string => (nameOf(id) === APPLICATION ? relative(cwd, id) : nameOf(id));
  return [...bytesBy(nameOf, chunks, resolve(cwd, outDir))]
    .map(([name, bytes]) => ({ name, bytes, importedBy: labels(graph.wayTo((id) => nameOf(id) === name), label) }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

function bytesBy(nameOf: (id: string) => string, chunks: readonly OutputChunk[], dir: string): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const { code, map, fileName } of chunks) {
    const sources: readonly (string | null | undefined)[] = map?.sources ?? [];
    for (const [source, size] of mappedBytes(code, map?.mappings ?? '')) {
      const file = sources[source];
      const name = typeof file !== 'string' ? BUNDLER : nameOf(file.startsWith('\0') ? file : resolve(dir, dirname(fileName), file));
      bytes.set(name, (bytes.get(name) ?? 0) + size);
    }
  }
  return bytes;
}

/** Each step once: a package's own files are one step. The thing itself, at the end, is left out. */
function labels(way: readonly string[], label: (id: string) => string): string[] {
  return [...new Set(way.map(label))].slice(0, -1);
}
