import { BootstrapError } from '../../errors/bootstrap-error.js';
import { type OperationPath, routeMetadata } from './operation-paths.js';

/**
 * Gives each operation a unique id, which stays the same as long as its class and method do.
 *
 * `OrdersController.create` becomes `ordersCreate`, unless `@ApiOperation` says another. If a method has several paths
 * or verbs, the ids of all but the first include the verb, and the path.
 */
export class OperationIds {
  readonly #taken = new Set<string>();
  /** By id, the method that it belongs to: a longer id of another method is never the same. */
  readonly #owners = new Map<string, OperationPath>();

  /** @throws BootstrapError when two methods declare the same id. */
  constructor(paths: readonly OperationPath[]) {
    for (const path of paths) {
      const id = declaredId(path);
      if (id === undefined) continue;
      const first = this.#owners.get(id);
      if (first && !isSameMethod(first, path)) throw new BootstrapError(sameId(id, first, path));
      this.#owners.set(id, path);
    }
    for (const path of paths) {
      const id = shortestId(path);
      if (!this.#owners.has(id)) this.#owners.set(id, path);
    }
  }

  idOf(path: OperationPath): string {
    const { verb, template } = path;
    const id = shortestId(path);
    const longer = [[verb], [verb, ...wordsOf(template)]].map((words) => `${id}${words.map(capitalized).join('')}`);
    const isFree = (each: string) => !this.#taken.has(each) && isSameMethod(this.#owners.get(each) ?? path, path);
    const free = [id, ...longer].find(isFree) ?? numbered(id, isFree);
    this.#taken.add(free);
    return free;
  }
}

function shortestId(path: OperationPath): string {
  const { controller, key } = path.route;
  return declaredId(path) ?? camelCase([...wordsOf(controllerName(controller.name)), ...wordsOf(String(key))]);
}

function declaredId({ route }: OperationPath): string | undefined {
  return routeMetadata(route).operation?.operationId;
}

function isSameMethod({ route: one }: OperationPath, { route: other }: OperationPath): boolean {
  return one.controller === other.controller && one.key === other.key;
}

function sameId(id: string, { route: one }: OperationPath, { route: other }: OperationPath): string {
  return (
    `${one.handler} and ${other.handler} both have the operationId "${id}", but the API document needs a unique one. ` +
    'Change one of them, or leave it out.'
  );
}

function numbered(id: string, isFree: (id: string) => boolean): string {
  let count = 2;
  while (!isFree(`${id}${count}`)) count++;
  return `${id}${count}`;
}

/** Turns `changeStatus` into `Change status`. */
export function sentence(name: string): string {
  const [first = name, ...rest] = wordsOf(name);
  const following = rest.map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()));
  return [capitalized(first), ...following].join(' ');
}

/** Returns `OrdersController` without the suffix that all controllers share. */
export function controllerName(name: string): string {
  return name.replace(/(?<=.)Controller$/, '');
}

/** Returns the words of a name or of a path; an abbreviation is one word. */
function wordsOf(name: string): string[] {
  return name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+|\p{N}+/gu) ?? [];
}

function camelCase(words: readonly string[]): string {
  const [first = 'operation', ...rest] = words;
  return [first.toLowerCase(), ...rest.map(capitalized)].join('');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
