import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuildOptions } from '../../build/build-options.js';
import { commaSeparated } from '../../shared/comma-separated.js';
import { isFolder } from '../files/paths.js';
import { UsageError } from '../framework/command-error.js';

interface CodeCacheFlags {
  readonly 'code-cache'?: string;
  readonly 'code-cache-flags'?: string;
}

/**
 * Returns the options of the code cache of each function. Its sample events are files, for one function, or the JSON
 * files that a folder has for each function, in a folder of its name.
 *
 * @param names the functions to build.
 * @throws UsageError for flags of a cache that is not made, for events of several functions in one, and for a function
 *   without events.
 */
export function codeCacheOptions(
  { 'code-cache': given, 'code-cache-flags': flags }: CodeCacheFlags,
  cwd: string,
  names: readonly string[],
): readonly Pick<BuildOptions, 'codeCache'>[] {
  if (given === undefined && flags !== undefined) throw new UsageError('--code-cache-flags needs --code-cache.');
  if (given === undefined) return names.map(() => ({}));
  const paths = commaSeparated(given).map((path) => resolve(cwd, path));
  if (names.length > 1 && !paths.every(isFolder))
    throw new UsageError(
      `--code-cache takes the sample events of one function. Name it: ${names.join(', ')}. ` +
        'Or pass a folder with a folder of events for each.',
    );
  const more = flags !== undefined && { flags: flags.split(' ').filter((flag) => flag !== '') };
  return names.map((name) => ({
    codeCache: { events: paths.flatMap((path) => (isFolder(path) ? eventsIn(join(path, name), name) : path)), ...more },
  }));
}

function eventsIn(folder: string, name: string): string[] {
  const files = isFolder(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  if (files.length > 0) return files.toSorted().map((file) => join(folder, file));
  throw new UsageError(`--code-cache has no sample events of the function "${name}". Put JSON files into ${folder}.`);
}
