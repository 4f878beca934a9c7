import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { BundlerContext } from '../bundler-options.js';
import { isDependency } from '../import-graph.js';

/** What makes a document. */
const MAKER = /\b(?:OpenApiModule|createOpenApiDocument)\b/;
const IMPORT = /\b(?:from|import) ?(?:\( ?)?['"](?<source>[^'"\n]+)['"]/g;

/**
 * Whether anything that the entries import makes an API document. A package that asks for Lambent itself may.
 *
 * @param entries as the bundler takes them.
 */
export async function servesDocument(
  reader: Pick<BundlerContext, 'resolve'>,
  entries: readonly string[],
  cwd: string,
): Promise<boolean> {
  const seen = new Set<string>();
  const open = await Promise.all(entries.map(async (entry) => (await reader.resolve(resolve(cwd, entry)))?.id));
  for (let file = open.pop(); open.length > 0 || file !== undefined; file = open.pop()) {
    if (file === undefined || seen.has(file)) continue;
    seen.add(file);
    const code = await readFile(file, 'utf8').catch(() => '');
    if (MAKER.test(code)) return true;
    for (const { groups } of code.matchAll(IMPORT)) {
      const next = await following(reader, groups!['source']!, file);
      if (next === true) return true;
      open.push(next);
    }
  }
  return false;
}

/** The file to look at next; `true` for a package that may make a document. */
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
