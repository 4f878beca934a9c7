import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';
import { buildSettings } from '../../build/build-options.js';
import { type Bundle, bundle } from '../../build/bundle.js';
import { escapePattern } from '../../shared/escape-pattern.js';
import { withImportingSource } from './missing-export.js';
import { projectManifest } from './package-json.js';

/** TypeScript sources to compile, and where to write the output. */
export interface Compilation {
  /** The project's folder. */
  readonly root: string;
  /** Paths by the name of the output file. */
  readonly files: Readonly<Record<string, string>>;
  /** The output folder, which must exist. */
  readonly folder: string;
  /** Plugins that observe the compilation. */
  readonly plugins?: readonly Plugin[];
}

/**
 * Compiles each source, with the types of decorators, to `<name>.mjs` with an inline source map. Packages in the
 * project's `package.json` stay imports.
 *
 * @throws BootstrapError if rolldown is not installed or an import cannot be resolved; rolldown's error for a source
 *   that cannot be parsed.
 */
export async function compileSources({ root, files, folder, plugins }: Compilation): Promise<Bundle> {
  const external = installedPackages(root);
  const bundled = await bundle(
    buildSettings({ entry: files, cwd: root, outDir: folder, minify: false, external }),
    plugins,
  );
  for (const { fileName, code, map } of bundled.chunks) {
    const comment = map ? `\n//# sourceMappingURL=${map.toUrl()}\n` : '';
    await writeFile(join(folder, fileName), code + comment);
  }
  return bundled;
}

function installedPackages(root: string): RegExp[] {
  const { dependencies, devDependencies, peerDependencies } = projectManifest(root);
  const names = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
  return names.map((name) => new RegExp(`^${escapePattern(name)}(?:/|$)`));
}

/** The folder for compiled code. Node resolves packages from there as it does from the project. */
export function cacheFolder(root: string): string {
  return join(root, 'node_modules', '.cache', 'lambent');
}

/** The exports of a module by name. */
export type Exports = Readonly<Record<string, unknown>>;

/**
 * Imports TypeScript sources of a project with the types of their decorators, which Node alone drops. The sources are
 * compiled into a temporary folder in `node_modules/.cache`; packages in `package.json` are imported as installed.
 *
 * @param compilation.files paths by the name under which `use` gets their exports.
 * @param use takes the exports. What they import on demand exists until its promise settles.
 * @throws BootstrapError if rolldown is not installed or an import cannot be resolved, and whatever the sources throw.
 */
export async function withSources<T>(
  compilation: Omit<Compilation, 'folder'>,
  use: (loaded: Readonly<Record<string, Exports>>) => Promise<T>,
): Promise<T> {
  const { root, files } = compilation;
  const cache = cacheFolder(root);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'sources-'));
  try {
    await compileSources({ ...compilation, folder });
    return await printingOnStderr(async () => use(await importAll(folder, Object.keys(files))));
  } catch (error) {
    throw withImportingSource(error, root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importAll(folder: string, names: readonly string[]): Promise<Readonly<Record<string, Exports>>> {
  // Makes stacks point into the sources.
  process.setSourceMapsEnabled(true);
  const loaded: Record<string, Exports> = {};
  for (const name of names) loaded[name] = (await import(pathToFileURL(join(folder, `${name}.mjs`)).href)) as Exports;
  return loaded;
}

/** Sends what a task prints on stdout to stderr. Programs read a command's stdout, as JSON or YAML. */
async function printingOnStderr<T>(task: () => Promise<T>): Promise<T> {
  const { stdout, stderr } = process;
  const { write } = stdout;
  stdout.write = stderr.write.bind(stderr);
  try {
    return await task();
  } finally {
    stdout.write = write;
  }
}
