import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The name for code of no package: the bundler's own, and that of plugins. */
export const BUNDLER = 'the bundler';

/** Whether a module is in `node_modules`, or not on the disk at all. */
export function isDependency(id: string): boolean {
  return id.startsWith('\0') || /[\\/]node_modules[\\/]/.test(id);
}

interface Package {
  readonly name?: string;
  readonly sideEffects?: unknown;
}

/**
 * Finds the package of a module by the nearest `package.json` with a name, which also works for linked packages and
 * workspaces.
 */
export class Packages {
  readonly #packages = new Map<string, Package | undefined>();

  nameOf(id: string): string | undefined {
    return id.startsWith('\0') ? BUNDLER : this.#packageIn(dirname(id))?.name;
  }

  mayHaveEffects(id: string): boolean {
    return this.#packageIn(dirname(id))?.sideEffects !== false;
  }

  #packageIn(folder: string): Package | undefined {
    if (this.#packages.has(folder)) return this.#packages.get(folder);
    const found = packageIn(folder) ?? (dirname(folder) === folder ? undefined : this.#packageIn(dirname(folder)));
    this.#packages.set(folder, found);
    return found;
  }
}

function packageIn(folder: string): Package | undefined {
  try {
    const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Package;
    return found.name === undefined ? undefined : found;
  } catch {
    return undefined;
  }
}
