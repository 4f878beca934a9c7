import { getMetadataStorage, ValidateBy, validateSync, type ValidationArguments } from 'class-validator';
import type { ValidationMetadata } from './property-rules.js';

type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']>[number];

/** One rule of one property. */
export interface Rule {
  /** What the decorator said. */
  readonly metadata: ValidationMetadata;
  /** The option `context`, with those of the property's other rules of that name: the library tells them together. */
  readonly context?: object | undefined;
  /** Who decides; `undefined` for `@ValidateNested`. */
  readonly constraint: Constraint | undefined;
  /** The last message whose text says nothing of a value. */
  told?: { readonly message: string; readonly text: string };
}

/** The rules with the contexts of all that have their name. */
export function withContexts(rules: readonly Rule[]): readonly Rule[] {
  const contexts = new Map<string, object>();
  for (const rule of rules) {
    const { context } = rule.metadata as { context?: object };
    if (context) contexts.set(ruleName(rule), { ...contexts.get(ruleName(rule)), ...context });
  }
  return contexts.size === 0 ? rules : rules.map((rule) => ({ ...rule, context: contexts.get(ruleName(rule)) }));
}

export function rulesOf(metadata: ValidationMetadata): Rule[] {
  return constraintsOf(metadata).map((constraint) => ({ metadata, constraint }));
}

function constraintsOf({ constraintCls }: ValidationMetadata): Constraint[] {
  return getMetadataStorage().getTargetValidatorConstraints(constraintCls);
}

/** What an error is called. */
export function ruleName({ metadata, constraint }: Rule): string {
  return constraint?.name || metadata.type;
}

let ofDecorators: string | undefined;

/**
 * Whether any instance of the constraint's class will do, and one can be kept: it is the class that class-validator
 * makes for a use of its own decorators, whose methods don't look at `this`. Others may come from a container, and
 * another one each time.
 */
export function isStateless({ target }: Constraint): boolean {
  ofDecorators ??= textOfDecorators();
  return String((target.prototype as { validate?: unknown }).validate) === ofDecorators;
}

function textOfDecorators(): string {
  class Probe {
    declare probe: unknown;
  }
  ValidateBy({ name: 'probe', validator: { validate: () => true } })(Probe.prototype, 'probe');
  const [metadata] = getMetadataStorage().getTargetValidationMetadatas(Probe, '', false, false);
  const { prototype } = metadata!.constraintCls as { prototype: { validate: unknown } };
  return String(prototype.validate);
}

/** What class-validator says of a broken rule: the rule's own message, else its default, with the tokens replaced. */
export function ruleMessage(rule: Rule, args: ValidationArguments): string | undefined {
  const given = rule.metadata.message || defaultMessage(rule.constraint?.instance, args);
  const message = typeof given === 'function' ? given(args) : textOf(given);
  if (!message || !message.includes('$')) return message;
  return rule.told?.message === message ? rule.told.text : withTokens(message, rule, args);
}

/** What is neither text nor a function says nothing. */
function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

function defaultMessage(validator: { defaultMessage?: unknown } | undefined, args: ValidationArguments): string {
  return typeof validator?.defaultMessage === 'function'
    ? (validator as { defaultMessage: (args: ValidationArguments) => string }).defaultMessage(args)
    : '';
}

/** Replaces in class-validator's order; what was put in may hold a token itself. */
function withTokens(
  message: string,
  rule: Rule,
  { constraints, value, property, targetName }: ValidationArguments,
): string {
  const told = Array.isArray(constraints) ? withConstraints(message, constraints) : message;
  const withValue = isShown(value) ? told.replaceAll('$value', String(value)) : told;
  const text = withValue.replaceAll('$property', property).replaceAll('$target', targetName);
  if (!told.includes('$value') && (constraints ?? []).every(isConstant)) rule.told = { message, text };
  return text;
}

/** A list may be another one by the next time. */
function isConstant(constraint: unknown): boolean {
  return typeof constraint !== 'object' || constraint === null || constraint instanceof RegExp;
}

function withConstraints(message: string, constraints: readonly unknown[]): string {
  let told = message;
  for (let index = 0; index < constraints.length; index++) {
    const token = `$constraint${index + 1}`;
    if (told.includes(token)) told = told.replaceAll(token, constraintText(constraints[index]));
  }
  return told;
}

function constraintText(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return String(typeof constraint === 'symbol' ? constraint.description : constraint);
}

function isShown(value: unknown): boolean {
  return (
    typeof value === 'string' || ((typeof value === 'number' || typeof value === 'boolean') && replacesEveryScalar())
  );
}

let everyScalarReplaced: boolean | undefined;

/** Whether `$value` in a message stands for numbers and booleans too; in the first releases of 0.14 it doesn't. */
function replacesEveryScalar(): boolean {
  return (everyScalarReplaced ??= validateSync(new (probeClass())())[0]?.constraints?.['probe'] === '1');
}

function probeClass(): new () => object {
  class Probe {
    probe = 1;
  }
  ValidateBy({ name: 'probe', validator: { validate: () => false } }, { message: '$value' })(Probe.prototype, 'probe');
  return Probe;
}
