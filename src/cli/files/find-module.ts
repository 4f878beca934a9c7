import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { CommandError, UsageError } from '../framework/command-error.js';
import { isFile, withParents } from './paths.js';

interface SearchFrom {
  /** The folder in which the search begins, up to `src`. */
  readonly folder: string;
  /** The project's folder. */
  readonly root: string;
  readonly cwd: string;
}

/**
 * Returns the file of the module that a flag names, or else the nearest one.
 *
 * @throws CommandError if there is none, UsageError if a folder has several and none named after it.
 */
export function moduleFile(named: string | undefined, { folder, root, cwd }: SearchFrom): string {
  if (named === undefined) return findModule(folder, root);
  const file = resolve(cwd, named);
  if (isFile(file)) return file;
  throw new CommandError(`${named} is not a file. Pass the file of a module with --module, as in src/app.module.ts.`);
}

/** Returns how a file is imported from a folder, as in `./orders/orders.module.js`. */
export function specifierOf(from: string, file: string): string {
  const path = relative(from, file).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/**
 * Finds the module for a class in `folder`: the one in the nearest folder, from there up to `src`.
 *
 * @throws CommandError if there is none, UsageError if a folder has several and none named after it.
 */
function findModule(folder: string, root: string): string {
  const sources = join(root, 'src');
  const folders = withParents(folder).filter((each) => each === sources || each.startsWith(join(sources, '/')));
  for (const each of folders) {
    const module = moduleIn(each, root);
    if (module !== undefined) return module;
  }
  throw new CommandError(
    `No module (*.module.ts) in ${relative(root, folder)} or a parent folder. ` +
      'Name one with --module, or skip this with --skip-import.',
  );
}

function moduleIn(folder: string, root: string): string | undefined {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.module.ts'))
        .toSorted()
    : [];
  const own = names.find((name) => name === `${basename(folder)}.module.ts` || name === 'app.module.ts');
  const found = own ?? names[0];
  if (found === undefined) return undefined;
  if (own !== undefined || names.length === 1) return join(folder, found);
  throw new UsageError(`${relative(root, folder)} has several modules: ${names.join(', ')}. Choose one with --module.`);
}
