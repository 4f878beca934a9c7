import { dirname, extname, join, resolve } from 'node:path';
import { entryPaths, type PresetSettings } from '../build-options.js';
import type { BundlerContext } from '../rolldown-types.js';

/** The framework's files, as the application imports them. */
export interface FrameworkFiles {
  readonly folder: string;
  /** With its dot. */
  readonly extension: string;
}

/** The files that the build replaces. */
export const APPLICATION = 'application/lambda-application';
export const PLANNER = 'application/planner';

/**
 * Finds the framework's files, as the first entry imports them: in a workspace, only the entry's package may have it.
 * Returns `undefined` if the framework is not in the bundle.
 */
export async function findFramework(
  context: Pick<BundlerContext, 'resolve'>,
  settings: Pick<PresetSettings, 'entry' | 'cwd'>,
): Promise<FrameworkFiles | undefined> {
  const [first] = entryPaths(settings);
  const index = await context.resolve('lambent', resolve(settings.cwd, first!));
  if (!index || index.external) return undefined;
  return { folder: dirname(index.id), extension: extname(index.id) };
}

/** Returns the path of a file of the framework. */
export function fileOf({ folder, extension }: FrameworkFiles, module: string): string {
  return join(folder, module + extension);
}

/** Returns the path in the framework, without an extension, that a relative import leads to. */
export function moduleOf({ folder, extension }: FrameworkFiles, id: string): string | undefined {
  if (!id.startsWith(folder) || !id.endsWith(extension)) return undefined;
  return id.slice(folder.length + 1, -extension.length).replaceAll('\\', '/');
}

/** Whether an import leads to a file of the framework. */
export function leadsTo(files: FrameworkFiles, module: string, source: string, importer: string): boolean {
  return moduleOf(files, resolve(dirname(importer), source)) === module;
}
