import type { ValidationArguments } from 'class-validator';
import { refuseObservable } from '../../shared/observable.js';
import type { Collection } from '../shape.js';
import { type Problem, problemAt } from './problem.js';
import { type Rule, ruleName } from './rule.js';
import { ruleMessage } from './rule-message.js';

/** Adds a rule's answer, unless it is yes, to what is wrong with its property. */
export function judge(problem: Problem | undefined, rule: Rule, answer: unknown, args: ValidationArguments): Problem | undefined {
  if (!isThenable(answer) && !(answer instanceof LateAnswers)) {
    return isKept(answer) ? problem : broken(problem, rule, args);
  }
  const waiting = problem ?? problemAt(args.property);
  // A late answer is told with the rule's own context, as by the library.
  const late: Rule = { ...rule, context: rule.metadata.context as object | undefined };
  const conclude = (kept: unknown): unknown => isKept(kept) || broken(waiting, late, args);
  (waiting.pending ??= []).push(answer instanceof LateAnswers ? answer.conclude(conclude) : Promise.resolve(answer).then(conclude));
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
