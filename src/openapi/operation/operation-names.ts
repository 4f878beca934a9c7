import type { RouteDescription } from '../../contracts/application-description.js';
import type { Verb } from '../openapi-document.js';

/**
 * Gives each operation a unique id, which stays the same as long as its class and method do.
 *
 * `OrdersController.create` becomes `ordersCreate`. If a method has several paths, the ids of all but the first include
 * the path.
 */
export class OperationIds {
  readonly #taken = new Set<string>();

  idOf({ controller, key }: RouteDescription, verb: Verb, template: string): string {
    const id = camelCase([...wordsOf(controllerName(controller.name)), ...wordsOf(String(key))]);
    const longer = [[verb], [verb, ...wordsOf(template)]].map((words) => camelCase([...wordsOf(id), ...words]));
    const free = [id, ...longer].find((each) => !this.#taken.has(each)) ?? this.#numbered(id);
    this.#taken.add(free);
    return free;
  }

  #numbered(id: string): string {
    let count = 2;
    while (this.#taken.has(`${id}${count}`)) count++;
    return `${id}${count}`;
  }
}

/** Turns `changeStatus` into `Change status`. */
export function sentence(name: string): string {
  const [first = name, ...rest] = wordsOf(name);
  const following = rest.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...following].join(' ');
}

/** Returns `OrdersController` without the suffix that all controllers share. */
export function controllerName(name: string): string {
  return name.replace(/(?<=.)Controller$/, '');
}

/** Returns the words of a name or of a path; an abbreviation is one word. */
function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

function camelCase(words: readonly string[]): string {
  const [first = 'operation', ...rest] = words;
  return [first.toLowerCase(), ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}
