import type { ValidationArguments } from 'class-validator';
import { replacesEveryScalar } from './library-release.js';
import type { Rule } from './rule.js';

/** What class-validator says of a broken rule: the rule's own message, else its default, with the tokens replaced. */
export function ruleMessage({ metadata, constraint }: Rule, args: ValidationArguments): string | undefined {
  const given = metadata.message || defaultMessage(constraint?.instance, args);
  const message = typeof given === 'function' ? given(args) : given;
  return message && message.includes('$') ? withTokens(message, args) : message;
}

function defaultMessage(validator: { defaultMessage?: unknown } | undefined, args: ValidationArguments): string {
  return typeof validator?.defaultMessage === 'function'
    ? (validator as { defaultMessage: (args: ValidationArguments) => string }).defaultMessage(args)
    : '';
}

/** Replaces in class-validator's order; what was put in may hold a token itself. */
function withTokens(message: string, { constraints, value, property, targetName }: ValidationArguments): string {
  const texts: [token: string, text: () => string][] = [
    ...constraintTokens(constraints),
    ['value', () => String(value)],
    ['property', () => property],
    ['target', () => targetName],
  ];
  return texts.reduce((told, [token, text]) => {
    if (!told.includes(`$${token}`) || (token === 'value' && !isShown(value))) return told;
    return told.replace(new RegExp(`\\$${token}`, 'g'), text());
  }, message);
}

function constraintTokens(constraints: unknown): [string, () => string][] {
  if (!Array.isArray(constraints)) return [];
  return constraints.map((constraint, index) => [`constraint${index + 1}`, () => constraintText(constraint)]);
}

function constraintText(constraint: unknown): string {
  if (Array.isArray(constraint)) return constraint.join(', ');
  return String(typeof constraint === 'symbol' ? constraint.description : constraint);
}

function isShown(value: unknown): boolean {
  return typeof value === 'string' || ((typeof value === 'number' || typeof value === 'boolean') && replacesEveryScalar());
}
