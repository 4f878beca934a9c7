import { withConstraints, withValue } from '../reading/rule-message.js';
import type { PlannedRule } from './check-plan.js';
import type { CodeTarget } from './code-target.js';
import { defaultMessage, messageValues } from './library-rules.js';
import { dataLiteral, literal } from './source-text.js';

/** The rule of a message, and what its tokens and its function get. */
export interface MessageRule {
  readonly rule: PlannedRule;
  /** The name of the class in class-validator's messages. */
  readonly targetName: string;
  /** Returns the expression for the arguments that a message function gets. */
  readonly args: () => string;
}

/** Returns an expression for the message of a broken rule of the library, as class-validator composes it. */
export function messageText(target: CodeTarget, message: MessageRule): string {
  const { rule } = message;
  const { message: given, constraints } = rule.metadata;
  if (given) return givenText(target, message, given);
  if (!rule.constraint) return literal('');
  const texts = messageValues(rule.constraint).map((value) => defaultMessage(rule.constraint!, constraints, value));
  if (rule.constraint.name !== 'isLength') return tokensText(target, message, texts[0]!);
  const limits = constraints!.slice(0, 2).map((limit) => (limit === undefined ? 'Infinity' : dataLiteral(limit)));
  const all = texts.map((text) => tokensText(target, message, text));
  const lengthMessage = target.reading('known-rules', 'lengthMessage');
  return `${lengthMessage}(value, [${limits.join(', ')}], [${all.join(', ')}])`;
}

/** A message that is neither text nor a function is ignored. */
function givenText(target: CodeTarget, message: MessageRule, given: unknown): string {
  if (typeof given === 'string') return tokensText(target, message, given);
  if (typeof given !== 'function') return literal('');
  const metadata = target.metadataOf(message.rule);
  const source = `{ message: ${metadata}.message, validator: undefined, scalars: ${target.scalars()} }`;
  return `${target.reading('rule-message', 'ruleMessage')}(${source}, ${message.args()})`;
}

function tokensText(target: CodeTarget, message: MessageRule, text: string): string {
  const { rule, targetName, args } = message;
  const { constraints, propertyName: property } = rule.metadata;
  if (!text.includes('$')) return literal(text);
  const isConstant = !Array.isArray(constraints) || constraints.every(isFixed) || !text.includes('$constraint');
  if (!isConstant)
    return `${target.reading('rule-message', 'withTokens')}(${literal(text)}, ${args()}, ${target.scalars()})`;
  const inserted = Array.isArray(constraints) ? withConstraints(text, constraints) : text;
  if (!inserted.includes('$value'))
    return literal(withValue(inserted, { value: undefined, property, targetName }, true));
  const names = `{ value, property: ${literal(property)}, targetName: ${literal(targetName)} }`;
  return `${target.reading('rule-message', 'withValue')}(${literal(inserted)}, ${names}, ${target.scalars()})`;
}

/** Lists and objects may change until the next time. */
function isFixed(constraint: unknown): boolean {
  return typeof constraint !== 'object' || constraint === null || constraint instanceof RegExp;
}
