import type { RouteDescription } from '../contracts/application-description.js';
import type { Verb } from './openapi-document.js';

/**
 * Gives each operation an id that no other one has, and that stays what it is while its class and method do.
 *
 * `OrdersController.create` is `ordersCreate`; a method that is to be found in more places has the place in the ids
 * after its first.
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

/** `OrdersController` without what it shares with every other one. */
export function controllerName(name: string): string {
  return name.replace(/(?<=.)Controller$/, '');
}

/** The words of a name or of a path, each in lower case but for abbreviations. */
export function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

function camelCase(words: readonly string[]): string {
  const [first = 'operation', ...rest] = words;
  return [first.toLowerCase(), ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}
