import { dirname, relative, resolve } from 'node:path';
import type { OutputChunk } from 'rolldown';
import type { BuildSettings } from './build-options.js';
import type { BundledPackage } from './build-report.js';
import type { Bundle } from './bundle.js';
import { BUNDLER, Packages } from './packages.js';

/** The name for the modules of the application itself. */
const APPLICATION = 'the application';

/** Returns what the files consist of, largest first. */
export function packageSizes(
  { chunks, graph }: Pick<Bundle, 'chunks' | 'graph'>,
  settings: BuildSettings,
): BundledPackage[] {
  const { cwd, outDir } = settings;
  const packages = new Packages();
  const own = new Set(graph.entries.map((id) => packages.nameOf(id)));
  const nameOf = (id: string): string => {
    const name = packages.nameOf(id);
    return own.has(name) ? APPLICATION : (name ?? id);
  };
  const label = (id: string): string => (nameOf(id) === APPLICATION ? relative(cwd, id) : nameOf(id));
  return [...bytesBy(nameOf, chunks, resolve(cwd, outDir))]
    .map(([name, bytes]) => ({
      name,
      bytes,
      importedBy: labels(
        graph.wayTo((id) => nameOf(id) === name),
        label,
      ),
    }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

function bytesBy(
  nameOf: (id: string) => string,
  chunks: readonly OutputChunk[],
  dir: string,
): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const { code, map, fileName } of chunks) {
    const sources: readonly (string | null | undefined)[] = map?.sources ?? [];
    for (const [source, size] of mappedBytes(code, map?.mappings ?? '')) {
      const file = sources[source];
      const name =
        typeof file !== 'string'
          ? BUNDLER
          : nameOf(file.startsWith('\0') ? file : resolve(dir, dirname(fileName), file));
      bytes.set(name, (bytes.get(name) ?? 0) + size);
    }
  }
  return bytes;
}

/** Labels each step of a chain of imports, taking a package's files as one step. Leaves out the last step. */
function labels(way: readonly string[], label: (id: string) => string): string[] {
  return [...new Set(way.map(label))].slice(0, -1);
}

const DIGITS = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((digit, value) => [digit, value]),
);

/**
 * Counts the characters of a file that come from each source, by the index of the source in the map's `sources`.
 * Characters without a source have the index -1.
 *
 * @param mappings The mappings of the source map: base64 VLQ segments, separated by `,` in a line and by `;` between
 *   lines.
 * @see ECMA-426
 */
export function mappedBytes(code: string, mappings: string): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>();
  const lines = code.split('\n');
  let source = 0;
  mappings.split(';').forEach((segments, line) => {
    let [column, owner] = [0, -1];
    const give = (until: number) => bytes.set(owner, (bytes.get(owner) ?? 0) + until - column);
    for (const [columns = 0, sources] of segments.split(',').filter(Boolean).map(numbersIn)) {
      give(column + columns);
      column += columns;
      source += sources ?? 0;
      owner = sources === undefined ? -1 : source;
    }
    give((lines[line] ?? '').length + 1);
  });
  return bytes;
}

function numbersIn(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = DIGITS.get(digit) ?? 0;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
