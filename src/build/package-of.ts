import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What no package is: the bundler's own code, and what a plugin made up. */
export const BUNDLER = 'the bundler';

/** Whether a module came out of `node_modules`, or is none of the disk. */
export function isDependency(id: string): boolean {
  return id.startsWith('\0') || /[\\/]node_modules[\\/]/.test(id);
}

/** Tells packages by the nearest `package.json` that has a name, so that linked packages and workspaces have theirs, too. */
export class PackageNames {
  readonly #names = new Map<string, string | undefined>();

  of(id: string): string | undefined {
    return id.startsWith('\0') ? BUNDLER : this.#nameIn(dirname(id));
  }

  #nameIn(folder: string): string | undefined {
    if (this.#names.has(folder)) return this.#names.get(folder);
    const name = nameIn(folder) ?? (dirname(folder) === folder ? undefined : this.#nameIn(dirname(folder)));
    this.#names.set(folder, name);
    return name;
  }
}

function nameIn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string }).name;
  } catch {
    return undefined;
  }
}
