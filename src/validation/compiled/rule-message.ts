import type { ValidationArguments } from 'class-validator';
import { replacesEveryScalar } from './library-release.js';
import type { Rule } from './rule.js';

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
function withTokens(message: string, rule: Rule, { constraints, value, property, targetName }: ValidationArguments): string {
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
  return typeof value === 'string' || ((typeof value === 'number' || typeof value === 'boolean') && replacesEveryScalar());
}
