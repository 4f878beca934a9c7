import { identifierOf } from './variable-names.js';

/** A member of an object, as text. */
export interface EmittedMember {
  /** As in an object literal. */
  readonly key: string;
  readonly text: string;
  /** Whether the text is a literal of a primitive value, so that it may stand anywhere. */
  readonly isLiteral: boolean;
}

interface Shape {
  count: number;
  /** The texts of members that are equal in all objects. */
  readonly constants: (string | undefined)[];
}

/** The number of objects that must have the same members for a function that makes them. */
const OFTEN = 8;

/** A function that makes objects with the same members: much shorter than many literals. */
export interface ObjectMaker {
  /** The text of the function. */
  readonly text: string;
  /** Returns the arguments for an object. */
  argumentsOf(members: readonly EmittedMember[]): string[];
}

/** The members of the objects in a graph. */
export class ObjectShapes {
  readonly #shapes = new Map<string, Shape>();

  add(members: readonly EmittedMember[]): void {
    const shape = this.#shapes.get(keyOf(members));
    const literals = members.map(({ text, isLiteral }) => (isLiteral ? text : undefined));
    if (!shape) return void this.#shapes.set(keyOf(members), { count: 1, constants: literals });
    shape.count++;
    for (const [index, text] of literals.entries())
      if (shape.constants[index] !== text) shape.constants[index] = undefined;
  }

  /** Returns a function that makes such objects, if there are many of them. */
  makerOf(members: readonly EmittedMember[]): ObjectMaker | undefined {
    const shape = this.#shapes.get(keyOf(members));
    if (!shape || shape.count < OFTEN || members.length < 2) return undefined;
    const { constants } = shape;
    if (members.some(({ key }) => !/^\w+$/.test(key))) return undefined;
    const names = members.flatMap(({ key }, index) => (constants[index] === undefined ? identifierOf(key) : []));
    if (new Set(names).size < names.length) return undefined;
    const body = members.map(({ key }, index) => `${key}: ${constants[index] ?? identifierOf(key)}`);
    return {
      text: `(${names.join(', ')}) => ({ ${body.join(', ')} })`,
      argumentsOf: (given) => given.flatMap(({ text }, index) => (constants[index] === undefined ? text : [])),
    };
  }
}

/** Names the members of an object, in their order. */
export function keyOf(members: readonly EmittedMember[]): string {
  return members.map(({ key }) => key).join();
}
