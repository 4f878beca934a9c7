import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { CommandError, UsageError } from '../command-error.js';
import { foldersFrom } from '../package-manifest.js';

/**
 * The module that something in `folder` belongs to: that of the nearest folder, from there up to `src`.
 *
 * @throws CommandError when there is none, UsageError when a folder has several and none of its own name.
 */
export function findModule(folder: string, root: string): string {
  const folders = foldersFrom(folder).filter((each) => each === join(root, 'src') || each.startsWith(join(root, 'src', '/')));
  for (const each of folders) {
    const module = moduleIn(each, root);
    if (module !== undefined) return module;
  }
  throw new CommandError(
    `There is no module (*.module.ts) in ${relative(root, folder)} or above it, to list this in. Name its file by --module, or leave it out with --skip-import.`,
  );
}

function moduleIn(folder: string, root: string): string | undefined {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.module.ts')).toSorted() : [];
  const own = names.find((name) => name === `${basename(folder)}.module.ts` || name === 'app.module.ts');
  const found = own ?? names[0];
  if (found === undefined) return undefined;
  if (own !== undefined || names.length === 1) return join(folder, found);
  throw new UsageError(`${relative(root, folder)} has several modules, ${names.join(', ')}: say by --module which one is to list this.`);
}
