import { isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import type { OutputChunk } from 'rolldown';
import { documentation } from '../shared/documentation.js';
import type { BuildSettings } from './build-options.js';
import { type BuildReport, type BuiltFile, type BundledPackage, kilobytes } from './build-report.js';
import type { Bundle } from './bundle.js';
import { packageSizes } from './package-sizes.js';

/** Returns the report of a bundle. */
export function describeBundle(bundle: Bundle, settings: BuildSettings): Omit<BuildReport, 'plan'> {
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

/** Looks for class-validator at run time, finds none beside a bundle, and then makes classes without rules. */
const LOSES_RULES = '@nestjs/mapped-types';

function lostRules(packages: BuildReport['packages']): string[] {
  if (!packages.some(({ name }) => name === LOSES_RULES)) return [];
  return [
    `Classes made by ${LOSES_RULES} (PartialType and the like) have no validation rules in a bundle: import these ` +
      `functions from lambent. See "DTOs and mapped types" in ${documentation('coming-from.md')}.`,
  ];
}

function absentWarnings({ absent }: Bundle): string[] {
  return absent.map(
    ({ exporter, id }) =>
      `${exporter} is not installed and was left out. ${id} fails when it imports the package; ` +
      'you can ignore this if your code never gets there.',
  );
}

/** The number of packages that a warning names. */
const HEAVIEST = 5;

/**
 * Returns a warning that names the largest packages and what imports them, when startup loads more than the budget.
 *
 * @param packages What the files loaded at startup consist of.
 * @param budget In kB.
 */
function budgetWarnings(packages: readonly BundledPackage[], bytes: number, budget: number): string[] {
  if (bytes <= budget * 1000) return [];
  const list = packages
    .slice(0, HEAVIEST)
    .map(({ name, bytes: size, importedBy }) => `  ${kilobytes(size)}  ${[...importedBy, name].join(' > ')}`);
  const title =
    `Startup loads ${kilobytes(bytes).trim()}, over the budget of ${budget} kB. ` +
    'The largest packages and what imports them:';
  return [[title, ...list].join('\n')];
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
