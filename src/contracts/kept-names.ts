import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Keeping } from '../metadata/class-metadata.js';
import { methodName } from '../shared/class-methods.js';
import type { Constructor } from '../shared/types.js';

/** Returns the name under which something is kept for a method of a class. An inherited method has one in each heir. */
export function keptName(type: Constructor, key: string | symbol, { name }: Keeping): string {
  return name ?? methodName(type, key);
}

/** The names under which something is kept. If two classes had one, a caller would get what belongs to others. */
export class KeptNames {
  readonly #owners = new Map<string, Constructor>();

  /** @throws BootstrapError if another class has the name. */
  claim(name: string, type: Constructor, decorator: string): void {
    const id = `${decorator} ${name}`;
    const owner = this.#owners.get(id) ?? type;
    if (owner !== type)
      throw new BootstrapError(
        `Two classes have what ${decorator} keeps under one name, ${name}, and their callers would share it. ` +
          `Rename one of the classes, or give ${decorator} another name.`,
      );
    this.#owners.set(id, type);
  }
}
