import { validate } from 'class-validator';
import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { Constructor } from '../../shared/types.js';
import { isStateless, type Rule } from '../dto/rule.js';
import { isCollection, shapeCheck } from '../dto/shape.js';
import { type CheckingOptions, isSkipped, librarySettings } from '../validation-options.js';
import { checkPlan, type PropertyPlan } from './check-plan.js';
import { GeneratedCode, literal } from './generated-code.js';
import { type CheckAny, NestedValues } from './nested-values.js';
import { addInside, askEach, certainIn, isBroken, misfitAt, type Problem, problemAt, recordResult } from './problem.js';
import { shortcutOf } from './rule-shortcut.js';
import { forbid, strip, type Whitelisting } from './whitelist.js';

const checks = new Map<string, CheckAny>();

/**
 * Returns the compiled check of instances of any class, equal to `validate` with these options; created once for each.
 */
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
        // Registered before it is generated: a class may nest itself.
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
    // A container may refuse to provide a rule's constraint: the library asks it again, for every value.
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

/** Checks instances of one class. */
interface Checker {
  check: CheckAny;
}

/** What the checker of a class needs from outside. */
interface CheckerContext {
  readonly checkerOf: (type: Constructor) => Checker;
  readonly checkAny: CheckAny;
  readonly whitelisting: Whitelisting;
  readonly options: CheckingOptions;
}

/** Generates the check of a class with at least one rule. */
function generateChecker(type: Constructor, plan: readonly PropertyPlan[], context: CheckerContext): Checker {
  const code = new GeneratedCode();
  return code.run(`
    function check(object) {
      let problems;
      ${whitelistText(code, plan, context)}
      ${plan.map((property) => propertyText(code, type, property, context)).join('\n')}
      return problems;
    }
    return { check };`) as Checker;
}

function whitelistText(code: GeneratedCode, plan: readonly PropertyPlan[], { whitelisting }: CheckerContext): string {
  if (whitelisting === 'keep') return '';
  const known = code.name(new Set(plan.map(({ name }) => name)));
  return whitelisting === 'strip'
    ? `${code.name(strip)}(object, ${known});`
    : `problems = ${code.name(forbid)}(object, ${known});`;
}

function propertyText(code: GeneratedCode, type: Constructor, property: PropertyPlan, context: CheckerContext): string {
  const name = literal(property.name);
  const conditions = property.conditions.map(
    (condition, index) => `const c${index} = ${code.name(condition)}(object, value);`,
  );
  const rulesText = (rules: readonly Rule[]): string =>
    rules.map((rule) => ruleText(code, type, rule, context.options)).join('\n');
  const nestedProblems = `if (inside !== undefined) problems = ${code.name(addInside)}(problems, inside, ${name});`;
  const holds = conditions.map((_, index) => `c${index}`).join(' && ') || 'true';
  return `{
    const value = object[${name}];
    ${conditions.join('\n')}
    if (${holds}) {
      let problem;
      ${property.nested ? 'let inside;' : ''}
      ${rulesText(property.presence)}
      ${unlessSkipped(
        code,
        context.options,
        `${rulesText(property.rules)}
      ${shapeText(code, property)}
      ${nestedText(code, property, context)}`,
      )}
      if (problem !== undefined) if (problems === undefined) problems = [problem]; else problems.push(problem);
      ${property.nested ? nestedProblems : ''}
    }
  }`;
}

/** Wraps checks that are skipped for missing values, if the options say so. */
function unlessSkipped(code: GeneratedCode, options: CheckingOptions, text: string): string {
  if (![undefined, null].some((value) => isSkipped(options, value))) return text;
  return `if (!${code.name(isSkipped)}(${code.name(options)}, value)) { ${text} }`;
}

function ruleText(code: GeneratedCode, type: Constructor, rule: Rule, { stopAtFirstError }: CheckingOptions): string {
  const { metadata, constraint } = rule;
  const constants = `targetName: ${code.name(type.name)}, property: ${literal(metadata.propertyName)}`;
  const args = `{ ${constants}, object, value, constraints: ${code.name(metadata.constraints)} }`;
  const validator = isStateless(constraint!) ? code.name(constraint!.instance) : `${code.name(constraint)}.instance`;
  const shortcut = shortcutOf(rule);
  const ask = `${shortcut ? `${code.name(shortcut)}(value) ?? ` : ''}${validator}.validate(value, ${args})`;
  const result = metadata.each
    ? `${code.name(isCollection)}(value) ? ${code.name(askEach)}(${validator}, value, ${args}) : ${ask}`
    : ask;
  const unlessBroken = stopAtFirstError ? `if (!${code.name(isBroken)}(problem)) ` : '';
  // A rule may have a condition of its own.
  const ifItApplies = metadata.validateIf ? `if (${code.name(metadata)}.validateIf(object, value)) ` : '';
  return `${unlessBroken}${ifItApplies}{
    const result = ${result};
    if (result !== true) problem = ${code.name(recordResult)}(problem, ${code.name(rule)}, result, ${args});
  }`;
}

function shapeText(code: GeneratedCode, { name, shape }: PropertyPlan): string {
  if (!shape) return '';
  const fits = shape.fits === Array.isArray ? 'Array.isArray(value)' : `${code.name(shape)}.fits(value)`;
  const misfit = `${code.name(misfitAt)}(problem, ${code.name(shape)}, ${literal(name)})`;
  return `if (value !== undefined && !${fits}) problem = ${misfit};`;
}

function nestedText(code: GeneratedCode, property: PropertyPlan, context: CheckerContext): string {
  const { nested } = property;
  if (!nested) return '';
  const values = code.name(new NestedValues(nested, context.checkAny, context.options));
  const isWhole = context.options.stopAtFirstError ? `if (!${code.name(isBroken)}(problem))` : '';
  return `${isWhole} {
    if (Array.isArray(value)) {
      let wrong = 0;
      for (let i = 0; i < value.length; i++) {
        const item = value[i];
        const found = ${nestedCheck(code, 'item', property, context)} ${values}.item(item);
        if (found === undefined) continue;
        const certain = ${code.name(certainIn)}(found);
        inside = ${code.name(addInside)}(inside, found, i);
        if ((wrong += certain) >= ${MAX_DETAILS}) break;
      }
    } else if (value instanceof Object) {
      inside = ${nestedCheck(code, 'value', property, context)} ${values}.inside(value);
    } else if (value !== undefined) {
      problem = ${values}.notNested(problem, value);
    }
  }`;
}

/** Instances of the expected class are checked without looking up their class. */
function nestedCheck(
  code: GeneratedCode,
  value: string,
  { nestedType }: PropertyPlan,
  { checkerOf }: CheckerContext,
): string {
  if (!nestedType) return '';
  const isExpected = `${value} !== null && ${value} !== undefined && ${value}.constructor === ${code.name(nestedType)}`;
  return `${isExpected} ? ${code.name(checkerOf(nestedType))}.check(${value}) :`;
}
