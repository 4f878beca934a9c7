import type { ValidationArguments, ValidationError } from 'class-validator';
import type { ValidationDetail } from '../../errors/validation-exception.js';
import { refuseObservable } from '../../shared/observable.js';
import { type Rule, ruleMessage, ruleName } from '../dto/rule.js';
import { type Collection, misfitDetail, type Shape } from '../dto/shape.js';
import { constraintDetails, detailsOf } from '../error-details.js';
import type { Loc } from '../input-reader.js';

/** Something wrong at one place; it stands in the order in which class-validator tells of places. */
export interface Problem {
  /** From the place outwards; grows on the way up from check to check. */
  readonly path: (string | number)[];
  /** Rules that were broken, with their messages. */
  readonly constraints: Record<string, string | undefined>;
  /** What these rules have as their option `context`. */
  contexts?: Readonly<Record<string, object>>;
  /** The shape that the value has not, and what to call the value. */
  misfit?: { readonly shape: Shape; readonly name: string };
  /** Rules that have not answered yet; they add to the constraints. */
  pending?: Promise<unknown>[];
  /** What the library says of an object whose class is not compiled; here by the time nothing is pending. */
  library?: { readonly errors: readonly ValidationError[]; readonly misfits: readonly ValidationDetail[] };
}

/** How many are known by now to be wrong, whatever else answers later. */
export function certainIn(problems: readonly Problem[]): number {
  return problems.reduce((count, problem) => (isCertain(problem) ? count + 1 : count), 0);
}

function isCertain(problem: Problem): boolean {
  return problem.misfit !== undefined || isBroken(problem);
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

/** Adds a value's having another shape than its property to what is wrong with it. */
export function misfitAt(problem: Problem | undefined, shape: Shape, name: string): Problem {
  const told = problem ?? problemAt(name);
  told.misfit = { shape, name };
  return told;
}

/** Adds what is wrong inside a member to what is wrong with the whole. */
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

/** The broken rules, as `validate` tells them. */
export function brokenOf(problems: readonly Problem[], loc: Loc): ValidationDetail[] {
  const details: ValidationDetail[] = [];
  for (const { path, constraints, contexts, library } of problems) {
    const here = locOf(path, loc);
    for (const detail of library ? detailsOf(library.errors, here) : constraintDetails({ constraints, contexts }, here))
      details.push(detail);
  }
  return details;
}

/** The values of another shape than their property's. */
export function misfitsOf(problems: readonly Problem[], loc: Loc): ValidationDetail[] {
  const details: ValidationDetail[] = [];
  for (const { path, misfit, library } of problems) {
    if (misfit) details.push(misfitDetail(misfit.shape, misfit.name, locOf(path, loc)));
    for (const detail of library?.misfits ?? []) details.push({ ...detail, loc: [...locOf(path, loc), ...detail.loc] });
  }
  return details;
}

function locOf(path: readonly (string | number)[], loc: Loc): (string | number)[] {
  const whole = [...loc];
  for (let index = path.length - 1; index >= 0; index--) whole.push(path[index]!);
  return whole;
}

/** Adds a rule's answer, unless it is yes, to what is wrong with its property. */
export function judge(
  problem: Problem | undefined,
  rule: Rule,
  answer: unknown,
  args: ValidationArguments,
): Problem | undefined {
  if (!isThenable(answer) && !(answer instanceof LateAnswers)) {
    return isKept(answer) ? problem : broken(problem, rule, args);
  }
  const waiting = problem ?? problemAt(args.property);
  // A late answer is told with the rule's own context, as by the library.
  const late: Rule = { ...rule, context: rule.metadata.context as object | undefined };
  const conclude = (kept: unknown): unknown => isKept(kept) || broken(waiting, late, args);
  (waiting.pending ??= []).push(
    answer instanceof LateAnswers ? answer.conclude(conclude) : Promise.resolve(answer).then(conclude),
  );
  return waiting;
}

export function broken(problem: Problem | undefined, rule: Rule, args: ValidationArguments): Problem {
  const told = problem ?? problemAt(args.property);
  const name = ruleName(rule);
  told.constraints[name] = ruleMessage(rule, args);
  const { context } = rule;
  if (context) told.contexts = { ...told.contexts, [name]: { ...told.contexts?.[name], ...context } };
  return told;
}

/** Answers to be waited for: one microtask more than in the library, and rules would be told in another order. */
class LateAnswers {
  constructor(private readonly answers: readonly unknown[]) {}

  conclude(conclude: (kept: boolean) => unknown): Promise<unknown> {
    return Promise.all(this.answers).then((answers) => conclude(allKept(answers)));
  }
}

type Validate = (value: unknown, args: ValidationArguments) => unknown;

/** The answer of a rule with `each`: it is asked of every item, also after a no. */
export function askEach(validator: { validate: Validate }, values: Collection, args: ValidationArguments): unknown {
  const items = Array.isArray(values) ? (values as unknown[]) : [...values.values()];
  const answers = items.map((item) => validator.validate(item, args));
  return answers.some(isThenable) ? new LateAnswers(answers) : allKept(answers);
}

function allKept(answers: unknown[]): boolean {
  return answers.every(isKept);
}

/**
 * As in the library whatever is true counts, but for an Observable: nobody has subscribed to it, so that nothing was
 * checked.
 */
function isKept(answer: unknown): boolean {
  return Boolean(refuseObservable(answer));
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && typeof (answer as { then?: unknown }).then === 'function';
}
