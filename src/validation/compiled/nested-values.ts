import type { ValidationMetadata } from '../property-rules.js';
import { isCollection, isSingleObject, itemName, itemsOf, OBJECT } from '../shape.js';
import { broken } from './judge.js';
import { addInside, type Problem, problemAt, type Problems } from './problem.js';
import type { Rule } from './rule.js';

/** Checks an object by the rules of whatever class it is of. */
export type CheckAny = (object: object) => Problems;

/** Checks what a property with `@ValidateNested` may hold beside instances of its class. */
export class NestedValues {
  readonly #rule: Rule;

  constructor(
    metadata: ValidationMetadata,
    private readonly check: CheckAny,
  ) {
    this.#rule = { metadata, constraint: undefined };
  }

  /** The inside of a set, a map, or an object of any class. */
  inside(value: object): Problems {
    if (!isCollection(value)) return this.check(value);
    return itemsOf(value).reduce<Problems>((all, [key, item]) => {
      const problems = this.item(item);
      return problems ? addInside(all, problems, key) : all;
    }, undefined);
  }

  /** An item of a list. A list in the list is not looked into: it is wrong where it stands. */
  item(value: unknown): Problems {
    const fits = isSingleObject(value);
    if (fits && value instanceof Object) return this.check(value);
    const problem = value === undefined || value instanceof Object ? problemAt() : this.notNested(problemAt(), value);
    if (!fits) problem.misfit = { shape: OBJECT, name: itemName(this.#rule.metadata.propertyName) };
    return typeof value === 'function' ? [problem, ...(this.check(value) ?? [])] : [problem];
  }

  /** What has no inside. The message sees the class where others see the object: so it is in the library. */
  notNested(problem: Problem | undefined, value: unknown): Problem {
    const { target, propertyName, constraints } = this.#rule.metadata;
    const { name } = (target as object).constructor;
    return broken(problem, this.#rule, { targetName: name, property: propertyName, object: target as object, value, constraints });
  }
}
