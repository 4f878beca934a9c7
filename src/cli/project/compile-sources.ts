import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';
import { buildSettings } from '../../build/build-options.js';
import { type Bundle, bundle } from '../../build/bundle.js';
import { installAwsLambda } from '../../local/invoke/response-stream.js';
import { escapePattern } from '../../shared/escape-pattern.js';
import { orStuck, reportingExit } from './import-watch.js';
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

/** The name under which the sources' own copy of the framework is imported: its `LambdaApplication`. */
export const FRAMEWORK = 'lambent';

/** Imports a compiled source, by its name in `Compilation.files`. */
export type ImportSource = (name: string) => Promise<Exports>;

/**
 * Compiles TypeScript sources of a project with the types of their decorators, which Node alone drops, and imports
 * those that `use` asks for. They are compiled into a temporary folder in `node_modules/.cache`; packages in
 * `package.json` are imported as installed. Should a source end the process, that is reported, and the exit code is
 * not 0.
 *
 * @param compilation.files paths by the name under which `use` imports them.
 * @param use what it imports on demand exists until its promise settles.
 * @throws BootstrapError if rolldown is not installed or an import cannot be resolved, and whatever the sources throw.
 */
export async function withSources<T>(
  compilation: Omit<Compilation, 'folder'>,
  use: (load: ImportSource) => Promise<T>,
): Promise<T> {
  const { root, files } = compilation;
  const cache = cacheFolder(root);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'sources-'));
  const framework = join(folder, 'framework.js');
  try {
    await writeFile(framework, "export { LambdaApplication } from 'lambent';\n");
    await compileSources({ ...compilation, files: { ...files, [FRAMEWORK]: framework }, folder });
    // A source may be a handler's.
    installAwsLambda();
    // Makes stacks point into the sources.
    process.setSourceMapsEnabled(true);
    const load: ImportSource = (name) =>
      orStuck(
        import(pathToFileURL(join(folder, `${name}.mjs`)).href),
        'It waits at its top level for something that never comes',
      );
    const clear = (): void => rmSync(folder, { recursive: true, force: true });
    return await reportingExit(() => printingOnStderr(() => use(load)), clear);
  } catch (error) {
    throw withImportingSource(error, root);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
