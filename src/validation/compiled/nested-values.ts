import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { ValidationMetadata } from '../dto/property-rules.js';
import type { Rule } from '../dto/rule.js';
import { type Collection, isCollection, isSingleObject, itemName, itemsOf, OBJECT } from '../dto/shape.js';
import { type CheckingOptions, isSkipped } from '../validation-options.js';
import { addInside, broken, certainIn, type Problem, problemAt, type Problems } from './problem.js';

/** Checks an object by the rules of its own class. */
export type CheckAny = (object: object) => Problems;

/** Checks the values of a property with `@ValidateNested` that are not instances of its class. */
export class NestedValues {
  readonly #rule: Rule;

  constructor(
    metadata: ValidationMetadata,
    private readonly check: CheckAny,
    private readonly options: CheckingOptions,
  ) {
    this.#rule = { metadata, constraint: undefined, context: metadata.context as object | undefined };
  }

  /** Checks the inside of a set, a map, or an object of any class. */
  inside(value: object): Problems {
    return isCollection(value) ? this.#items(value) : this.check(value);
  }

  /**
   * Checks an item of a list. The item may be a list too: compilers emit the same type for `Point[][]` as for
   * `Point[]`.
   */
  item(value: unknown): Problems {
    if (isSkipped(this.options, value)) return undefined;
    if (isCollection(value)) return this.#items(value);
    const fits = isSingleObject(value);
    if (fits && value instanceof Object) return this.check(value);
    const problem = value === undefined || value instanceof Object ? problemAt() : this.notNested(problemAt(), value);
    if (!fits) problem.misfit = { shape: OBJECT, name: itemName(this.#rule.metadata.propertyName) };
    return typeof value === 'function' ? [problem, ...(this.check(value) ?? [])] : [problem];
  }

  #items(values: Collection): Problems {
    let all: Problems;
    let wrong = 0;
    for (const [key, item] of itemsOf(values)) {
      const problems = this.item(item);
      if (!problems) continue;
      const certain = certainIn(problems);
      all = addInside(all, problems, key);
      if ((wrong += certain) >= MAX_DETAILS) break;
    }
    return all;
  }

  /**
   * Reports a value that has no inside. As in the library, the message function gets the class instead of the object.
   */
  notNested(problem: Problem | undefined, value: unknown): Problem {
    const { target, propertyName, constraints } = this.#rule.metadata;
    const { name } = (target as object).constructor;
    return broken(problem, this.#rule, {
      targetName: name,
      property: propertyName,
      object: target as object,
      value,
      constraints,
    });
  }
}
