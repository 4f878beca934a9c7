import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { OutputChunk } from 'rolldown';
import type { BuildSettings } from './build-options.js';
import { type BuildReport, type BuiltFile, type BundledPackage, kilobytes } from './build-report.js';
import type { Bundle } from './bundle.js';
import { bundledPackages } from './bundled-packages.js';

/** Everything that the report says of a bundle. */
export function describeBundle(bundle: Bundle, settings: BuildSettings): BuildReport {
  const files = builtFiles(bundle.chunks);
  const bytes = bytesOf(bundle.chunks);
  const packages = bundledPackages(bundle, settings);
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
      ...budgetWarnings(bundledPackages({ ...bundle, chunks: start }, settings), startBytes, settings.budget),
    ],
  };
}

function bytesOf(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + Buffer.byteLength(code), 0);
}

/** What the entry loads that loads the most. */
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

/** The files of the entries, what they import, and what these import. */
function loadedWith(chunks: readonly OutputChunk[], entries: readonly OutputChunk[]): ReadonlySet<string> {
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]));
  const loaded = new Set(entries.map(({ fileName }) => fileName));
  // A set may grow while it is walked, and gives what was added.
  for (const name of loaded) imports.get(name)?.forEach((imported) => loaded.add(imported));
  return loaded;
}

function externalOf(chunks: readonly OutputChunk[]): string[] {
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  return [...new Set(imported)].filter((name) => !own.has(name) && !isBuiltin(name)).toSorted();
}

/**
 * It looks for class-validator while the program runs, finds none beside a bundle, and makes classes without rules of
 * that.
 */
const LOSES_RULES = '@nestjs/mapped-types';

function lostRules(packages: BuildReport['packages']): string[] {
  if (!packages.some(({ name }) => name === LOSES_RULES)) return [];
  return [
    `The classes that ${LOSES_RULES} makes (PartialType and its like) have no validation rules in a bundle: import them from lambent. ` +
      'See "DTOs and mapped types" in node_modules/lambent/docs/coming-from.md.',
  ];
}

function absentWarnings({ absent }: Bundle): string[] {
  return absent.map(
    ({ exporter, id }) =>
      `${exporter} is not installed, and was left out: ${id} fails when it imports it. If you don't use that part, all is well.`,
  );
}

/** So many of the heaviest packages are worth a word. */
const HEAVIEST = 5;

/**
 * One warning that names the heaviest packages and what imports them, where the start loads more than the budget (kB).
 *
 * @param packages What makes up the files that are loaded at the start.
 */
function budgetWarnings(packages: readonly BundledPackage[], bytes: number, budget: number): string[] {
  if (bytes <= budget * 1000) return [];
  const list = packages
    .slice(0, HEAVIEST)
    .map(({ name, bytes: size, importedBy }) => `  ${kilobytes(size)}  ${[...importedBy, name].join(' > ')}`);
  const title = `${kilobytes(bytes).trim()} loaded at the start is over the budget of ${budget} kB. The heaviest, and what brings them in:`;
  return [[title, ...list].join('\n')];
}

/**
 * What a file takes in a zip beside its data: two headers with its name, and of the whole zip the last record. @see
 * APPNOTE.TXT 4.3
 */
const [LOCAL_HEADER, CENTRAL_HEADER, END_RECORD] = [30, 46, 22];

/** How many bytes a zip of the files has, near enough: zip programs differ by a few. */
function zipSize(files: readonly { readonly name: string; readonly code: string }[]): number {
  const sizes = files.map(
    ({ name, code }) => LOCAL_HEADER + CENTRAL_HEADER + 2 * name.length + deflateRawSync(code).length,
  );
  return sizes.reduce((sum, size) => sum + size, END_RECORD);
}
