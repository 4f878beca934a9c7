import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { buildSettings } from '../build/build-options.js';
import { type Bundle, bundle } from '../build/bundle.js';
import { projectManifest } from './package-manifest.js';

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
 * Compiles sources, types of decorators included, to a file `<name>.mjs` each, with its source map inside. Packages that
 * the project names stay imports.
 *
 * @throws BootstrapError when rolldown is not installed or an import leads nowhere, rolldown's error for what it can't read.
 */
export async function compileSources({ root, files, folder, plugins }: Compilation): Promise<Bundle> {
  const external = installedPackages(root);
  const bundled = await bundle(buildSettings({ entry: files, cwd: root, outDir: folder, minify: false, external }), plugins);
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
