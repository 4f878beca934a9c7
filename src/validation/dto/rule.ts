import { getMetadataStorage, ValidateBy, validateSync, type ValidationArguments } from 'class-validator';
import type { ValidationMetadata } from './property-rules.js';

type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']>[number];

/** One rule of one property. */
export interface Rule {
  /** The metadata of its decorator. */
  readonly metadata: ValidationMetadata;
  /** The option `context`, merged with that of the property's other rules of this name, as the library reports it. */
  readonly context?: object | undefined;
  /** The validator; `undefined` for `@ValidateNested`. */
  readonly constraint: Constraint | undefined;
  /** The last message whose text does not depend on the value. */
  constant?: { readonly message: string; readonly text: string };
}

/** Gives each rule the contexts of all rules with its name. */
export function withContexts(rules: readonly Rule[]): readonly Rule[] {
  const contexts = new Map<string, object>();
  for (const rule of rules) {
    const { context } = rule.metadata as { context?: object };
    if (context) contexts.set(ruleName(rule), { ...contexts.get(ruleName(rule)), ...context });
  }
  return contexts.size === 0 ? rules : rules.map((rule) => ({ ...rule, context: contexts.get(ruleName(rule)) }));
}

/** Returns the rules of one decorator: one for each of its validators. */
export function rulesOf(metadata: ValidationMetadata): Rule[] {
  const constraints = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls);
  return constraints.map((constraint) => ({ metadata, constraint }));
}

/** Returns the name of a rule, which is the `type` of its validation error. */
export function ruleName({ metadata, constraint }: Rule): string {
  return constraint?.name || metadata.type;
}

let ofDecorators: string | undefined;

/**
 * Whether any instance of the constraint's class will do, so that one can be kept. This holds for the class that
 * class-validator creates for each use of its own decorators, whose methods do not use `this`. Other constraints may
 * come from a container, which may return another one each time.
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

/** Returns class-validator's message for a broken rule: the rule's own or its default, with the tokens replaced. */
export function ruleMessage(rule: Rule, args: ValidationArguments): string | undefined {
  const given = rule.metadata.message || defaultMessage(rule.constraint?.instance, args);
  const message = typeof given === 'function' ? given(args) : textOf(given);
  if (!message || !message.includes('$')) return message;
  return rule.constant?.message === message ? rule.constant.text : withTokens(message, rule, args);
}

/** A message that is neither text nor a function is ignored. */
function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

function defaultMessage(validator: { defaultMessage?: unknown } | undefined, args: ValidationArguments): string {
  return typeof validator?.defaultMessage === 'function'
    ? (validator as { defaultMessage: (args: ValidationArguments) => string }).defaultMessage(args)
    : '';
}

/** Replaces tokens in class-validator's order; a replacement may contain a token itself. */
function withTokens(
  message: string,
  rule: Rule,
  { constraints, value, property, targetName }: ValidationArguments,
): string {
  const inserted = Array.isArray(constraints) ? withConstraints(message, constraints) : message;
  const withValue = isShown(value) ? inserted.replaceAll('$value', String(value)) : inserted;
  const text = withValue.replaceAll('$property', property).replaceAll('$target', targetName);
  if (!inserted.includes('$value') && (constraints ?? []).every(isConstant)) rule.constant = { message, text };
  return text;
}

/** Lists and objects may change until the next time. */
function isConstant(constraint: unknown): boolean {
  return typeof constraint !== 'object' || constraint === null || constraint instanceof RegExp;
}

function withConstraints(message: string, constraints: readonly unknown[]): string {
  let text = message;
  for (let index = 0; index < constraints.length; index++) {
    const token = `$constraint${index + 1}`;
    if (text.includes(token)) text = text.replaceAll(token, constraintText(constraints[index]));
  }
  return text;
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

/** Whether `$value` in a message also stands for numbers and booleans. In the first releases of 0.14 it does not. */
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
