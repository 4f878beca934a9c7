import type { Constructor } from '../../shared/types.js';
import { MAX_DETAILS } from '../../shared/input-bounds.js';
import { isCollection } from '../shape.js';
import { type CheckingOptions, isSkipped } from '../validation-options.js';
import type { PropertyPlan } from './check-plan.js';
import { GeneratedCode, literal } from './generated-code.js';
import { askEach, judge } from './judge.js';
import { type CheckAny, NestedValues } from './nested-values.js';
import { addInside, certainIn, isBroken, misfitAt } from './problem.js';
import { isStateless, type Rule } from './rule.js';
import { shortcutOf } from './shortcut.js';
import { forbid, strip, type Whitelisting } from './whitelist.js';

/** Checks instances of one class. */
export interface Checker {
  check: CheckAny;
}

/** What a class' checker takes from outside. */
export interface CheckerContext {
  readonly checkerOf: (type: Constructor) => Checker;
  readonly checkAny: CheckAny;
  readonly whitelisting: Whitelisting;
  readonly options: CheckingOptions;
}

/** Generates the check of a class with at least one rule. */
export function generateChecker(type: Constructor, plan: readonly PropertyPlan[], context: CheckerContext): Checker {
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
  return whitelisting === 'strip' ? `${code.name(strip)}(object, ${known});` : `problems = ${code.name(forbid)}(object, ${known});`;
}

function propertyText(code: GeneratedCode, type: Constructor, property: PropertyPlan, context: CheckerContext): string {
  const name = literal(property.name);
  const conditions = property.conditions.map((condition, index) => `const c${index} = ${code.name(condition)}(object, value);`);
  const rulesText = (rules: readonly Rule[]): string => rules.map((rule) => ruleText(code, type, rule, context.options)).join('\n');
  const holds = conditions.map((_, index) => `c${index}`).join(' && ') || 'true';
  return `{
    const value = object[${name}];
    ${conditions.join('\n')}
    if (${holds}) {
      let problem;
      ${property.nested ? 'let inside;' : ''}
      ${rulesText(property.presence)}
      ${whereAsked(code, context.options, `${rulesText(property.rules)}
      ${shapeText(code, property)}
      ${nestedText(code, property, context)}`)}
      if (problem !== undefined) if (problems === undefined) problems = [problem]; else problems.push(problem);
      ${property.nested ? `if (inside !== undefined) problems = ${code.name(addInside)}(problems, inside, ${name});` : ''}
    }
  }`;
}

/** What is not done about values that are not there, where the options say so. */
function whereAsked(code: GeneratedCode, options: CheckingOptions, text: string): string {
  if (![undefined, null].some((value) => isSkipped(options, value))) return text;
  return `if (!${code.name(isSkipped)}(${code.name(options)}, value)) { ${text} }`;
}

function ruleText(code: GeneratedCode, type: Constructor, rule: Rule, { stopAtFirstError }: CheckingOptions): string {
  const { metadata, constraint } = rule;
  const args = `{ targetName: ${code.name(type.name)}, property: ${literal(metadata.propertyName)}, object, value, constraints: ${code.name(metadata.constraints)} }`;
  const validator = isStateless(constraint!) ? code.name(constraint!.instance) : `${code.name(constraint)}.instance`;
  const shortcut = shortcutOf(rule);
  const ask = `${shortcut ? `${code.name(shortcut)}(value) ?? ` : ''}${validator}.validate(value, ${args})`;
  const answer = metadata.each ? `${code.name(isCollection)}(value) ? ${code.name(askEach)}(${validator}, value, ${args}) : ${ask}` : ask;
  // A rule may have a condition of its own.
  return `${stopAtFirstError ? `if (!${code.name(isBroken)}(problem)) ` : ''}${metadata.validateIf ? `if (${code.name(metadata)}.validateIf(object, value)) ` : ''}{
    const answer = ${answer};
    if (answer !== true) problem = ${code.name(judge)}(problem, ${code.name(rule)}, answer, ${args});
  }`;
}

function shapeText(code: GeneratedCode, { name, shape }: PropertyPlan): string {
  if (!shape) return '';
  const fits = shape.fits === Array.isArray ? 'Array.isArray(value)' : `${code.name(shape)}.fits(value)`;
  return `if (value !== undefined && !${fits}) problem = ${code.name(misfitAt)}(problem, ${code.name(shape)}, ${literal(name)});`;
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

/** Instances of the class that is expected are checked without a look at what they are. */
function nestedCheck(code: GeneratedCode, value: string, { nestedType }: PropertyPlan, { checkerOf }: CheckerContext): string {
  if (!nestedType) return '';
  const isExpected = `${value} !== null && ${value} !== undefined && ${value}.constructor === ${code.name(nestedType)}`;
  return `${isExpected} ? ${code.name(checkerOf(nestedType))}.check(${value}) :`;
}
