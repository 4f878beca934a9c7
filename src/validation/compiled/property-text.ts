import { getMetadataStorage, IsOptional } from 'class-validator';
import type { Constructor } from '../../shared/types.js';
import type { ValidationMetadata } from '../dto/property-rules.js';
import { ruleName } from '../reading/asked-rule.js';
import { misfitMessage } from '../reading/value-shape.js';
import { isSkipped } from '../skipped-values.js';
import type { CheckingOptions } from '../validation-options.js';
import type { PlannedRule, PropertyPlan } from './check-plan.js';
import type { CodeTarget } from './code-target.js';
import { nestedRuleText, nestedText, notNestedRule } from './nested-text.js';
import {
  argumentsText,
  type AskedText,
  type RuleContext,
  tellText,
  type WrittenRule,
  writtenRule,
} from './rule-text.js';
import { indented, lines, literal, memberText, whenText } from './source-text.js';

/** The context of a property's check. */
export interface PropertyContext {
  readonly options: CheckingOptions;
  /** Returns the name of the function that checks instances of a nested class. */
  readonly checkerOf: (type: Constructor) => string;
}

/** Generates the check of one property. */
export function propertyText(
  target: CodeTarget,
  type: Constructor,
  plan: PropertyPlan,
  { options, checkerOf }: PropertyContext,
): string {
  const context: RuleContext = { target, targetName: type.name };
  const presence = plan.presence.map((rule) => writtenRule(context, rule));
  const rules = plan.rules.map((rule) => writtenRule(context, rule));
  const nestedRule = plan.nested && nestedRuleText(context, plan, options);
  if (nestedRule) rules.push(notNestedRule(plan, nestedRule));
  const nested = nestedRule ? nestedText(context, { plan, rule: nestedRule, checkerOf }) : '';
  const property: WrittenProperty = { plan, context, presence, rules, options };
  const body = isDecidedAtOnce(property) ? textAtOnce(property, nested) : textInOrder(property, nested);
  const conditions = plan.conditions.map((metadata, index) => conditionText(target, metadata, index));
  const holds = conditions.map((condition) => condition.holds).join(' && ');
  const text = lines(
    `const value = ${memberText('object', plan.name)};`,
    ...conditions.map(({ setup }) => setup),
    holds ? whenText(holds, body) : body,
  );
  return `{\n${indented(text)}\n}`;
}

interface WrittenProperty {
  readonly plan: PropertyPlan;
  readonly context: RuleContext;
  readonly presence: readonly WrittenRule[];
  readonly rules: readonly WrittenRule[];
  readonly options: CheckingOptions;
}

/** Whether one condition tells that a value is right, so that all else is done for wrong values only. */
function isDecidedAtOnce(property: WrittenProperty): boolean {
  const { presence, rules, options } = property;
  const all = [...presence, ...rules];
  return (
    !options.stopAtFirstError &&
    !skips(options) &&
    !isRepeated(property) &&
    all.every(({ known, rule }) => known && !ownCondition(rule))
  );
}

/** A rule may have a condition of its own, which `@ValidateNested` ignores. */
function ownCondition({ metadata, constraint }: PlannedRule): boolean {
  return constraint !== undefined && metadata.validateIf !== undefined;
}

function isRepeated({ presence, rules }: WrittenProperty): boolean {
  const names = [...presence, ...rules].map(({ rule }) => ruleName(rule));
  return new Set(names).size < names.length;
}

function skips(options: CheckingOptions): boolean {
  return [undefined, null].some((value) => isSkipped(options, value));
}

function textAtOnce(property: WrittenProperty, nested: string): string {
  const { plan, context, presence, rules } = property;
  const all = [...presence, ...rules];
  const calls = all.map(({ known }, index) => known!.isCall && `const is${index} = ${known!.kept};`);
  const wrongs = all.map(({ known }, index) => (known!.isCall ? `!is${index}` : notText(known!.kept)));
  const misfit = misfitText(context.target, plan);
  const conditions = [...wrongs, ...(misfit ? [misfit.condition] : [])];
  const isOnly = conditions.length === 1;
  const tells = all.map(({ rule, tell }, index) => {
    const text = tell ?? tellText(context, rule);
    return isOnly ? text : whenText(wrongs[index]!, text);
  });
  const report = misfit && (isOnly ? misfit.report : whenText(misfit.condition, misfit.report));
  return lines(
    ...calls,
    conditions.length > 0 && whenText(conditions.join(' || '), lines('found.wrong++;', ...tells, report)),
    nested,
  );
}

function notText(expression: string): string {
  return /^[\w.]+\([\w.]+\)$/.test(expression) ? `!${expression}` : `!(${expression})`;
}

interface MisfitText {
  readonly condition: string;
  readonly report: string;
}

function misfitText(target: CodeTarget, { name, shape }: PropertyPlan): MisfitText | undefined {
  if (!shape) return undefined;
  const fits = shape.check ? `${target.reading('value-shape', shape.check)}(value)` : 'Array.isArray(value)';
  const message = literal(misfitMessage(name, shape.noun));
  return {
    condition: `(value !== undefined && !${fits})`,
    report: `found.misfit(depth, ${literal(name)}, ${message}, ${literal(shape.rule)});`,
  };
}

/** Generates the rules one after the other, which the library does not always ask all. */
function textInOrder(property: WrittenProperty, nested: string): string {
  const { plan, context, options, presence, rules } = property;
  const { stopAtFirstError } = options;
  const name = literal(plan.name);
  const misfit = misfitText(context.target, plan);
  // The last rule, `@ValidateNested`, stands behind the shape of the value.
  const own = rules.filter(({ rule }) => rule !== plan.nested).map((rule) => ruleInOrder(property, rule));
  const last = rules.filter(({ rule }) => rule === plan.nested).map((rule) => ruleInOrder(property, rule));
  const skipped = lines(...own, misfit && whenText(misfit.condition, lines('misfits = true;', misfit.report)), ...last);
  const all = [...presence, ...rules];
  const mayBeLate = all.some(({ known }) => !known);
  const isOpen = [mayBeLate && 'found.late', isRepeated(property) && 'bad'].filter(Boolean);
  const inside = nested && (stopAtFirstError ? whenText('!bad', nested) : nested);
  return lines(
    'let bad = false;',
    misfit && 'let misfits = false;',
    ...presence.map((rule) => ruleInOrder(property, rule)),
    unlessSkipped(options, skipped),
    isOpen.length > 0 && `if (${isOpen.join(' || ')}) found.close(depth, ${name});`,
    `if (bad${misfit ? ' || misfits' : ''}) found.wrong++;`,
    unlessSkipped(options, inside),
  );
}

/** Wraps checks that are skipped for missing values, if the options say so. */
function unlessSkipped(options: CheckingOptions, text: string): string {
  const skipped = [undefined, null].filter((value) => isSkipped(options, value));
  if (skipped.length === 0 || !text) return text;
  return whenText(skipped.map((value) => `value !== ${value}`).join(' && '), text);
}

function askText(context: RuleContext, rule: PlannedRule, { name, call }: AskedText): string {
  const text = lines(
    `const args = ${argumentsText(context, rule)};`,
    `const result = ${call};`,
    `if (result !== true && found.note(depth, ${name}, result, args)) bad = true;`,
  );
  return `{\n${indented(text)}\n}`;
}

function ruleInOrder({ context, options }: WrittenProperty, { rule, known, asked, tell }: WrittenRule): string {
  const { target } = context;
  const text = known
    ? whenText(notText(known.kept), lines('bad = true;', tell ?? tellText(context, rule)))
    : askText(context, rule, asked!);
  const applies = [
    options.stopAtFirstError && '!bad',
    ownCondition(rule) && `${target.metadataOf(rule)}.validateIf(object, value)`,
  ].filter(Boolean);
  return applies.length > 0 ? whenText(applies.join(' && '), text) : text;
}

/** The condition of `@IsOptional` or `@ValidateIf`. */
interface ConditionText {
  /** The statements before any condition is looked at: as in the library, all of them are called. */
  readonly setup: string;
  readonly holds: string;
}

function conditionText(target: CodeTarget, metadata: ValidationMetadata, index: number): ConditionText {
  if (String(metadata.constraints?.[0]) === textOfOptional())
    return { setup: '', holds: 'value !== undefined && value !== null' };
  const condition = `${target.metadataOf({ metadata, constraint: undefined })}.constraints[0]`;
  const call = target.declare('condition', (name) => `const ${name} = ${condition};`);
  return { setup: `const holds${index} = ${call}(object, value);`, holds: `holds${index}` };
}

let ofOptional: string | undefined;

/** Returns the source text of the condition of `@IsOptional`, which looks at its own property only. */
function textOfOptional(): string {
  return (ofOptional ??= readOptional());
}

function readOptional(): string {
  class Probe {
    declare probe: unknown;
  }
  IsOptional()(Probe.prototype, 'probe');
  const [metadata] = getMetadataStorage().getTargetValidationMetadatas(Probe, '', false, false);
  return String(metadata!.constraints[0]);
}
