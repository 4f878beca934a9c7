import { refuseObservable } from '../../shared/observable.js';
import { isPromiseLike } from '../../shared/promise.js';
import type { MessageSource, RuleArguments, Scalars } from './rule-message.js';
import { type Collection, isCollection } from './value-shape.js';

export interface Validator {
  validate(value: unknown, args: RuleArguments): unknown;
}

/** One rule of one property, as class-validator's decorators declare it. */
export interface DeclaredRule {
  readonly metadata: {
    readonly type: string;
    readonly message?: unknown;
    readonly context?: unknown;
    readonly constraints: unknown[];
  };
  /** The validator; `undefined` for `@ValidateNested` and conditions. */
  readonly constraint: RuleConstraint | undefined;
}

/** The record of class-validator about a validator. */
interface RuleConstraint {
  readonly name: string;
  /** Asks the container, which may return another one each time. */
  readonly instance: Validator;
}

/** A rule whose validator is asked for its result: it may be a promise, and anything truthy keeps the rule. */
export interface AskedRule {
  /** The `type` of the validation error. */
  readonly name: string;
  readonly message: unknown;
  readonly constraint: RuleConstraint | undefined;
  readonly scalars: Scalars;
  /** The option `context`, with that of the property's other rules of this name. */
  readonly context: object | undefined;
  /** The rule's own, which the library reports with a result that comes later. */
  readonly ownContext: object | undefined;
}

/**
 * @param context The merged context, if the property has other rules of this name.
 */
export function askedRule(
  { metadata, constraint }: DeclaredRule,
  scalars: Scalars,
  context: object | undefined = metadata.context as object | undefined,
): AskedRule {
  return {
    name: ruleName({ metadata, constraint }),
    message: metadata.message,
    constraint,
    scalars,
    context,
    ownContext: metadata.context as object | undefined,
  };
}

/** Returns the name of a rule, which is the `type` of its validation error. */
export function ruleName({
  metadata,
  constraint,
}: {
  readonly metadata: { readonly type: string };
  readonly constraint: { readonly name: string } | undefined;
}): string {
  return constraint?.name || metadata.type;
}

export function messageSource({ message, constraint, scalars }: AskedRule): MessageSource {
  return { message, validator: message ? undefined : constraint?.instance, scalars };
}

/**
 * Pending results of a rule. They settle in the same microtask as in the library: one more would change the order of
 * errors.
 */
export class PendingResults {
  constructor(private readonly results: readonly unknown[]) {}

  settle(settle: (kept: unknown) => unknown): Promise<unknown> {
    return Promise.all(this.results).then((results) => settle(results.every(isKept)));
  }
}

/** Returns the result of a rule; one with `each` is asked for every item, even after one has failed. */
export function askEach(validator: Validator, value: unknown, args: RuleArguments): unknown {
  return isCollection(value) ? askItems(validator, value, args) : validator.validate(value, args);
}

function askItems(validator: Validator, values: Collection, args: RuleArguments): unknown {
  const items = Array.isArray(values) ? (values as unknown[]) : [...values.values()];
  const results = items.map((item) => validator.validate(item, args));
  return results.some(isPromiseLike) ? new PendingResults(results) : results.every(isKept);
}

/**
 * As in the library, every truthy result counts as kept, except an Observable: without a subscriber nothing was
 * checked.
 */
export function isKept(result: unknown): boolean {
  return Boolean(refuseObservable(result));
}
