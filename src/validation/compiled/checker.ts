import { validate } from 'class-validator';
import type { Constructor } from '../../shared/types.js';
import { shapeCheck } from '../shape-check.js';
import { librarySettings, type CheckingOptions } from '../validation-options.js';
import { checkPlan } from './check-plan.js';
import { type Checker, type CheckerContext, generateChecker } from './checker-code.js';
import type { CheckAny } from './nested-values.js';
import { type Problem, problemAt } from './problem.js';

const checks = new Map<string, CheckAny>();

/** The compiled check of instances of any class, as `validate` checks them with these options; made once for each. */
export function compiledCheck(options: CheckingOptions): CheckAny {
  const key = JSON.stringify(librarySettings(options));
  let check = checks.get(key);
  if (!check) checks.set(key, (check = makeCheck(options)));
  return check;
}

function makeCheck(options: CheckingOptions): CheckAny {
  const checkers = new WeakMap<Constructor, Checker>();
  const { whitelist, forbidNonWhitelisted } = options;
  const context: CheckerContext = {
    options,
    whitelisting: whitelist ? (forbidNonWhitelisted ? 'forbid' : 'strip') : 'keep',
    checkerOf: (type) => {
      let checker = checkers.get(type);
      if (!checker) {
        // Known before it is made: a class may nest itself.
        checkers.set(type, (checker = { check: unknownClass }));
        checker.check = checkOf(type, options, context);
      }
      return checker;
    },
    checkAny: (object) => {
      const type: unknown = object.constructor;
      return typeof type === 'function' ? context.checkerOf(type as Constructor).check(object) : unknownClass();
    },
  };
  return context.checkAny;
}

function checkOf(type: Constructor, options: CheckingOptions, context: CheckerContext): CheckAny {
  const plan = checkPlan(type, options);
  if (!plan) return libraryCheck(options);
  if (plan.length === 0) return unknownClass;
  try {
    return generateChecker(type, plan, context).check;
  } catch {
    // A container may refuse to give a rule's constraint: the library asks it again, for every value.
    return libraryCheck(options);
  }
}

function unknownClass(): Problem[] {
  const problem = problemAt();
  problem.constraints['unknownValue'] = 'an unknown value was passed to the validate function';
  return [problem];
}

function libraryCheck(options: CheckingOptions): CheckAny {
  const checkShape = shapeCheck(options);
  return (object) => {
    const problem = problemAt();
    const checked = validate(object, librarySettings(options)).then((errors) => {
      problem.library = { errors, misfits: checkShape(object, []) };
    });
    problem.pending = [checked];
    return [problem];
  };
}
