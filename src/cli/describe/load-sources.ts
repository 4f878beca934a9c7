import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSettings } from '../../build/build-options.js';
import { type Bundle, bundle } from '../../build/bundle.js';

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
export async function loadSources(root: string, files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, Exports>>> {
  const cache = join(root, 'node_modules', '.cache', 'lambent');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'sources-'));
  try {
    const external = await installedPackages(root);
    await writeChunks(folder, await bundle(buildSettings({ entry: files, cwd: root, outDir: folder, minify: false, external })));
    return await importAll(folder, Object.keys(files));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Dependencies {
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly peerDependencies?: object;
}

async function installedPackages(root: string): Promise<RegExp[]> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Dependencies;
  const { dependencies, devDependencies, peerDependencies } = manifest;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return names.map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}(?:/|$)`));
}

async function writeChunks(folder: string, { chunks }: Bundle): Promise<void> {
  for (const { fileName, code, map } of chunks) {
    const comment = map ? `\n//# sourceMappingURL=${map.toUrl()}\n` : '';
    await writeFile(join(folder, fileName), code + comment);
  }
}

async function importAll(folder: string, names: readonly string[]): Promise<Readonly<Record<string, Exports>>> {
  // An error in a source is to show the source's line.
  process.setSourceMapsEnabled(true);
  const loaded: Record<string, Exports> = {};
  for (const name of names) loaded[name] = (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)) as Exports;
  return loaded;
}
