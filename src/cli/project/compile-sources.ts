import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';
import { buildSettings } from '../../build/build-options.js';
import { type Bundle, bundle } from '../../build/bundle.js';
import { projectManifest } from './package-json.js';

/** TypeScript sources of a project, and where to write what becomes of them. */
export interface Compilation {
  /** The project's folder. */
  readonly root: string;
  /** Paths by the name that the file shall have. */
  readonly files: Readonly<Record<string, string>>;
  /** Is there already. */
  readonly folder: string;
  /** For those who want to know what is read. */
  readonly plugins?: readonly Plugin[];
}

/** Where what is compiled is kept while it is needed: from there packages are found as they are from the project. */
export function cacheFolder(root: string): string {
  return join(root, 'node_modules', '.cache', 'lambent');
}

/**
 * Compiles sources, types of decorators included, to a file `<name>.mjs` each, with its source map inside. Packages
 * that the project names stay imports.
 *
 * @throws BootstrapError when rolldown is not installed or an import leads nowhere, rolldown's error for what it can't
 *   read.
 */
export async function compileSources({ root, files, folder, plugins }: Compilation): Promise<Bundle> {
  const external = installedPackages(root);
  const bundled = await bundle(
    buildSettings({ entry: files, cwd: root, outDir: folder, minify: false, external }),
    plugins,
  );
  await writeChunks(folder, bundled);
  return bundled;
}

function installedPackages(root: string): RegExp[] {
  const { dependencies, devDependencies, peerDependencies } = projectManifest(root);
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return names.map((name) => new RegExp(`^${name.replaceAll('.', '\\.')}(?:/|$)`));
}

async function writeChunks(folder: string, { chunks }: Bundle): Promise<void> {
  for (const { fileName, code, map } of chunks) {
    const comment = map ? `\n//# sourceMappingURL=${map.toUrl()}\n` : '';
    await writeFile(join(folder, fileName), code + comment);
  }
}

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
export async function loadSources(
  root: string,
  files: Readonly<Record<string, string>>,
  plugins: readonly Plugin[] = [],
): Promise<Readonly<Record<string, Exports>>> {
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
