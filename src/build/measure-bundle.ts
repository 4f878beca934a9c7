import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { OutputChunk } from 'rolldown';
import type { BuildSettings } from './build-options.js';
import type { BuildReport, BuiltFile } from './build-report.js';
import { absentWarnings, budgetWarnings, lostRules } from './bundle-warnings.js';
import type { Bundle } from './bundle.js';
import { packageSizes } from './package-sizes.js';

/** Returns the report of a bundle. */
export function measureBundle(bundle: Bundle, settings: BuildSettings): Omit<BuildReport, 'plan'> {
  const files = builtFiles(bundle.chunks);
  const bytes = bytesOf(bundle.chunks);
  const packages = packageSizes(bundle, settings);
  const start = heaviestStart(bundle.chunks);
  const startBytes = bytesOf(start);
  const outDir = resolve(settings.cwd, settings.outDir);
  return {
    outDir,
    ...(settings.sourcemaps !== false && { mapsDir: settings.sourcemaps === 'inside' ? outDir : `${outDir}-maps` }),
    files,
    packages,
    bytes,
    startBytes,
    zipBytes: zipSize(bundle.chunks.map(({ fileName, code }) => ({ name: fileName, code }))),
    external: externalOf(bundle.chunks),
    warnings: [
      ...bundle.warnings,
      ...absentWarnings(bundle),
      ...lostRules(packages),
      ...budgetWarnings(packageSizes({ ...bundle, chunks: start }, settings), startBytes, settings.budget),
    ],
  };
}

function bytesOf(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
}

/** Returns the files that are loaded at startup, for the entry that loads most. */
function heaviestStart(chunks: readonly OutputChunk[]): readonly OutputChunk[] {
  const starts = chunks
    .filter(({ isEntry }) => isEntry)
    .map((entry) => {
      const loaded = loadedWith(chunks, [entry]);
      return chunks.filter(({ fileName }) => loaded.has(fileName));
    });
  return starts.reduce((most, start) => (bytesOf(start) > bytesOf(most) ? start : most), []);
}

function builtFiles(chunks: readonly OutputChunk[]): BuiltFile[] {
  const atStart = loadedWith(
    chunks,
    chunks.filter(({ isEntry }) => isEntry),
  );
  return chunks.map(({ fileName, code, isEntry }) => ({
    name: fileName,
    bytes: Buffer.byteLength(code),
    gzipBytes: gzipSync(code).length,
    role: isEntry ? 'entry' : atStart.has(fileName) ? 'shared' : 'lazy',
  }));
}

/** Returns the names of the entries and of all files that they load at startup. */
function loadedWith(chunks: readonly OutputChunk[], entries: readonly OutputChunk[]): ReadonlySet<string> {
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]));
  const loaded = new Set(entries.map(({ fileName }) => fileName));
  // Iterating a set includes the items that are added meanwhile.
  for (const name of loaded) imports.get(name)?.forEach((imported) => loaded.add(imported));
  return loaded;
}

function externalOf(chunks: readonly OutputChunk[]): string[] {
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  return [...new Set(imported)].filter((name) => !own.has(name) && !isBuiltin(name)).toSorted();
}

/**
 * The bytes that a zip has besides data: two headers with the name of each file, and the end record of the zip.
 *
 * @see APPNOTE.TXT 4.3
 */
const [LOCAL_HEADER, CENTRAL_HEADER, END_RECORD] = [30, 46, 22];

/** Returns the approximate size of a zip of the files. Zip programs differ by a few bytes. */
function zipSize(files: readonly { readonly name: string; readonly code: string }[]): number {
  const sizes = files.map(
    ({ name, code }) => LOCAL_HEADER + CENTRAL_HEADER + 2 * name.length + deflateRawSync(code).length,
  );
  return sizes.reduce((sum, size) => sum + size, END_RECORD);
}
