import type { ValidationMetadata } from '../property-rules.js';
import { isCollection, isSingleObject, itemName, itemsOf, OBJECT } from '../shape.js';
import { addInside, type Problem, problemAt, type Problems } from './problem.js';
import { ruleName } from './rule.js';
import { ruleMessage } from './rule-message.js';

/** Checks an object by the rules of whatever class it is of. */
export type CheckAny = (object: object) => Problems;

/** Checks what a property with `@ValidateNested` may hold beside instances of its class. */
export class NestedValues {
  constructor(
    private readonly metadata: ValidationMetadata,
    private readonly check: CheckAny,
  ) {}

  /** A value that is no array. */
  single(value: unknown): Problems {
    if (isCollection(value)) return itemsOf(value).reduce<Problems>((all, [key, item]) => this.#withItem(all, key, item), undefined);
    return value instanceof Object ? this.check(value) : [this.#notNested(value)];
  }

  /** An item of an array. A list in the list is not looked into: it is wrong where it stands. */
  item(value: unknown): Problems {
    if (isSingleObject(value)) return this.single(value);
    const problems = value === undefined || isCollection(value) ? [] : (this.single(value) ?? []);
    const misfit = { shape: OBJECT, name: itemName(this.metadata.propertyName) };
    return [...problems, { ...problemAt(), misfit }];
  }

  #withItem(all: Problems, key: string | number, item: unknown): Problems {
    const problems = this.item(item);
    return problems ? addInside(all, problems, key) : all;
  }

  /** The message sees the class where others see the object: so it is in the library. */
  #notNested(value: unknown): Problem {
    const { metadata } = this;
    const object = metadata.target as object;
    const args = { targetName: object.constructor.name, property: metadata.propertyName, object, value, constraints: metadata.constraints };
    const rule = { metadata, constraint: undefined };
    return { path: [], constraints: { [ruleName(rule)]: ruleMessage(rule, args) } };
  }
}
