import type { ValidationArguments, ValidationError } from 'class-validator';
import type { ValidationDetail } from '../../errors/validation-exception.js';
import { refuseObservable } from '../../shared/observable.js';
import { isPromiseLike } from '../../shared/promise.js';
import { type Rule, ruleMessage, ruleName } from '../dto/rule.js';
import { type Collection, misfitDetail, type Shape } from '../dto/shape.js';
import { constraintDetails, detailsOf } from '../error-details.js';
import type { Loc } from '../input-reader.js';

/** What is wrong with one value. Problems stand in the order in which class-validator reports them. */
export interface Problem {
  /** Keys from the value outwards; each enclosing check appends its own. */
  readonly path: (string | number)[];
  /** The broken rules with their messages. */
  readonly constraints: Record<string, string | undefined>;
  /** The option `context` of these rules. */
  contexts?: Readonly<Record<string, object>>;
  /** The shape that the value should have, and the name of the value in the message. */
  misfit?: { readonly shape: Shape; readonly name: string };
  /** Rules whose result is pending; they add to the constraints. */
  pending?: Promise<unknown>[];
  /** What class-validator reported on an object whose class is not compiled. Set once nothing is pending. */
  library?: { readonly errors: readonly ValidationError[]; readonly misfits: readonly ValidationDetail[] };
}

/** Counts the values that are already known to be wrong, whatever the pending rules decide. */
export function certainIn(problems: readonly Problem[]): number {
  return problems.reduce((count, problem) => (problem.misfit || isBroken(problem) ? count + 1 : count), 0);
}

/** Whether a rule is known to be broken. */
export function isBroken(problem: Problem | undefined): boolean {
  for (const _ in problem?.constraints) return true;
  return false;
}

export type Problems = Problem[] | undefined;

export function problemAt(...path: (string | number)[]): Problem {
  return { path, constraints: {} };
}

/** Records that a value does not have the shape of its property. */
export function misfitAt(problem: Problem | undefined, shape: Shape, name: string): Problem {
  const updated = problem ?? problemAt(name);
  updated.misfit = { shape, name };
  return updated;
}

/** Adds the problems inside a member to those of the whole. */
export function addInside(all: Problems, inside: Problem[], key: string | number): Problem[] {
  for (const problem of inside) {
    problem.path.push(key);
    all?.push(problem);
  }
  return all ?? inside;
}

export function pendingOf(problems: readonly Problem[]): Promise<unknown>[] {
  const all: Promise<unknown>[] = [];
  for (const { pending } of problems) for (const one of pending ?? []) all.push(one);
  return all;
}

/** Returns the broken rules, as `validate` reports them. */
export function brokenOf(problems: readonly Problem[], loc: Loc): ValidationDetail[] {
  const details: ValidationDetail[] = [];
  for (const { path, constraints, contexts, library } of problems) {
    const here = wholeLoc(path, loc);
    for (const detail of library ? detailsOf(library.errors, here) : constraintDetails({ constraints, contexts }, here))
      details.push(detail);
  }
  return details;
}

/** Returns the values that do not have the shape of their property. */
export function misfitsOf(problems: readonly Problem[], loc: Loc): ValidationDetail[] {
  const details: ValidationDetail[] = [];
  for (const { path, misfit, library } of problems) {
    if (misfit) details.push(misfitDetail(misfit.shape, misfit.name, wholeLoc(path, loc)));
    for (const detail of library?.misfits ?? [])
      details.push({ ...detail, loc: [...wholeLoc(path, loc), ...detail.loc] });
  }
  return details;
}

function wholeLoc(path: readonly (string | number)[], loc: Loc): (string | number)[] {
  const whole = [...loc];
  for (let index = path.length - 1; index >= 0; index--) whole.push(path[index]!);
  return whole;
}

/** Records the result of a rule with the problem of its property, unless the rule holds. */
export function recordResult(
  problem: Problem | undefined,
  rule: Rule,
  result: unknown,
  args: ValidationArguments,
): Problem | undefined {
  if (!isPromiseLike(result) && !(result instanceof PendingResults)) {
    return isKept(result) ? problem : broken(problem, rule, args);
  }
  const waiting = problem ?? problemAt(args.property);
  // The library reports a late result with the rule's own context.
  const late: Rule = { ...rule, context: rule.metadata.context as object | undefined };
  const settle = (kept: unknown): unknown => isKept(kept) || broken(waiting, late, args);
  (waiting.pending ??= []).push(
    result instanceof PendingResults ? result.settle(settle) : Promise.resolve(result).then(settle),
  );
  return waiting;
}

export function broken(problem: Problem | undefined, rule: Rule, args: ValidationArguments): Problem {
  const updated = problem ?? problemAt(args.property);
  const name = ruleName(rule);
  updated.constraints[name] = ruleMessage(rule, args);
  const { context } = rule;
  if (context) updated.contexts = { ...updated.contexts, [name]: { ...updated.contexts?.[name], ...context } };
  return updated;
}

/**
 * Pending results of a rule. They settle in the same microtask as in the library: one more would change the order of
 * errors.
 */
class PendingResults {
  constructor(private readonly results: readonly unknown[]) {}

  settle(settle: (kept: boolean) => unknown): Promise<unknown> {
    return Promise.all(this.results).then((results) => settle(allKept(results)));
  }
}

type Validate = (value: unknown, args: ValidationArguments) => unknown;

/** Returns the result of a rule with `each`, which is called for every item, even after one has failed. */
export function askEach(validator: { validate: Validate }, values: Collection, args: ValidationArguments): unknown {
  const items = Array.isArray(values) ? (values as unknown[]) : [...values.values()];
  const results = items.map((item) => validator.validate(item, args));
  return results.some(isPromiseLike) ? new PendingResults(results) : allKept(results);
}

function allKept(results: unknown[]): boolean {
  return results.every(isKept);
}

/**
 * As in the library, every truthy result counts as kept, except an Observable: without a subscriber nothing was
 * checked.
 */
function isKept(result: unknown): boolean {
  return Boolean(refuseObservable(result));
}
