import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';
import { cacheFolder, compileSources } from '../compile-sources.js';

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Imports TypeScript sources of a project, types of decorators included, which Node by itself leaves out.
 *
 * They are bundled into a folder in `node_modules/.cache`, from where the project's packages are found, and which is
 * removed again. Packages that the project names are imported as they are installed.
 *
 * @param files paths by the name that their exports shall have.
 * @throws BootstrapError when rolldown is not installed or an import leads nowhere, and whatever the sources throw.
 */
export async function loadSources(root: string, files: Readonly<Record<string, string>>, plugins: readonly Plugin[] = []): Promise<Readonly<Record<string, Exports>>> {
  const cache = cacheFolder(root);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'sources-'));
  try {
    await compileSources({ root, files, folder, plugins });
    return await importAll(folder, Object.keys(files));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importAll(folder: string, names: readonly string[]): Promise<Readonly<Record<string, Exports>>> {
  // An error in a source is to show the source's line.
  process.setSourceMapsEnabled(true);
  const loaded: Record<string, Exports> = {};
  for (const name of names) loaded[name] = (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)) as Exports;
  return loaded;
}
