import { MAX_DETAILS } from '../../shared/input-limits.js';
import type { Constructor } from '../../shared/types.js';
import { type CheckingOptions, settingsData } from '../validation-options.js';
import type { PropertyPlan } from './check-plan.js';
import { type RuleContext, tellText, type WrittenRule } from './rule-text.js';
import { dataLiteral, indented, lines, literal, nameText } from './source-text.js';

/** Declares the description of a rule `@ValidateNested`, and returns its name. */
export function nestedRuleText(context: RuleContext, plan: PropertyPlan, options: CheckingOptions): string {
  const { target, targetName } = context;
  const type = plan.nested!.metadata.target as Constructor;
  // As in the library, the message function gets the class instead of the object.
  const tell = tellText({ target, targetName: type.constructor.name }, plan.nested!, 'property');
  const text = lines(tell.includes('object, value') && `const object = ${target.classOf(type)};`, tell);
  return target.declare(`${nameText(targetName)}${nameText(plan.name)}`, (name) =>
    lines(
      `const ${name} = {`,
      `  property: ${literal(plan.name)},`,
      `  options: ${dataLiteral(settingsData(options))},`,
      '  tell(found, depth, property, value) {',
      indented(text, '    '),
      '  },',
      '};',
    ),
  );
}

/** Returns the rule `@ValidateNested` as far as it is about values that have no inside. */
export function notNestedRule({ name, nested }: PropertyPlan, rule: string): WrittenRule {
  const kept = 'value === undefined || Array.isArray(value) || value instanceof Object';
  const tell = `${rule}.tell(found, depth, ${literal(name)}, value);`;
  return { rule: nested!, known: { kept, isCall: false }, asked: undefined, tell };
}

interface NestedProperty {
  readonly plan: PropertyPlan;
  /** The name of the rule's description. */
  readonly rule: string;
  /** Returns the name of the function that checks instances of a class. */
  readonly checkerOf: (type: Constructor) => string;
}

/** Generates the check of what is inside a value with `@ValidateNested`. */
export function nestedText({ target }: RuleContext, { plan, rule, checkerOf }: NestedProperty): string {
  const check = (value: 'item' | 'value', depth: string, otherwise: string): string => {
    const other = `${target.reading('check-inside', otherwise)}(${rule}, ${value}, found, ${depth});`;
    if (!plan.nestedType) return other;
    const expected = target.classOf(plan.nestedType);
    const isThere = value === 'item' ? 'item !== null && item !== undefined && ' : '';
    const isExpected = `${isThere}${value}.constructor === ${expected}`;
    return lines(`if (${isExpected}) ${checkerOf(plan.nestedType)}(${value}, found, ${depth});`, `else ${other}`);
  };
  return `if (Array.isArray(value)) {
  found.path[depth] = ${literal(plan.name)};
  const before = found.wrong;
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    found.path[depth + 1] = i;
${indented(check('item', 'depth + 2', 'checkItem'), '    ')}
    if (found.wrong - before >= ${MAX_DETAILS}) break;
  }
} else if (value instanceof Object) {
  found.path[depth] = ${literal(plan.name)};
${indented(check('value', 'depth + 1', 'checkInside'))}
}`;
}
