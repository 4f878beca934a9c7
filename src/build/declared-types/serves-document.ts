import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isDependency } from '../packages.js';
import type { BundlerContext } from '../rolldown-types.js';

/** The exports that create a document. */
const CREATES = /\b(?:OpenApiModule|createOpenApiDocument)\b/;
const IMPORT = /\b(?:from|import) ?(?:\( ?)?['"](?<source>[^'"\n]+)['"]/g;

/**
 * Whether anything that the entries import creates an API document. Packages that depend on Lambent may create one.
 *
 * @param entries The entries of the bundler.
 */
export async function servesDocument(
  reader: Pick<BundlerContext, 'resolve'>,
  entries: readonly string[],
  cwd: string,
): Promise<boolean> {
  const found = await Promise.all(entries.map((entry) => reader.resolve(resolve(cwd, entry))));
  const files = new Set(found.flatMap((entry) => entry?.id ?? []));
  // Iterating a set includes the items that are added meanwhile.
  for (const file of files) {
    const code = await readFile(file, 'utf8').catch(() => '');
    if (CREATES.test(code)) return true;
    for (const { groups } of code.matchAll(IMPORT)) {
      const next = await following(reader, groups!['source']!, file);
      if (next === true) return true;
      if (next !== undefined) files.add(next);
    }
  }
  return false;
}

/** Returns the file of an import, `true` for a package that may create a document, or `undefined` for all others. */
async function following(
  reader: Pick<BundlerContext, 'resolve'>,
  source: string,
  importer: string,
): Promise<string | true | undefined> {
  const packaged = /^(?:@[^/]+\/)?[\w.~-][^/]*/.exec(source)?.[0];
  if (packaged === 'lambent' || source.startsWith('node:')) return undefined;
  const manifest =
    source.startsWith('.') || packaged === undefined ? undefined : manifestOf(packaged, dirname(importer));
  if (manifest !== undefined) return manifest.includes('"lambent"') || undefined;
  const found = await reader.resolve(source, importer);
  return found && !found.external && !isDependency(found.id) ? found.id : undefined;
}

function manifestOf(name: string, folder: string): string | undefined {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  return dirname(folder) === folder ? undefined : manifestOf(name, dirname(folder));
}
