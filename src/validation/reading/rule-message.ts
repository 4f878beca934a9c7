/**
 * Whether `$value` also stands for numbers and booleans: in the first releases of class-validator 0.14 it does not. A
 * function finds out when it is asked.
 */
export type Scalars = boolean | (() => boolean);

/** The source of a message: the option `message`, and the validator that has the default one. */
export interface MessageSource {
  readonly message: unknown;
  readonly validator: object | undefined;
  readonly scalars: Scalars;
}

/** Returns class-validator's message for a broken rule: the rule's own or its default, with the tokens replaced. */
export function ruleMessage(source: MessageSource, args: RuleArguments): string | undefined {
  const given = source.message || defaultMessage(source.validator, args);
  const message = typeof given === 'function' ? (given as (args: RuleArguments) => string)(args) : textOf(given);
  return message && message.includes('$') ? withTokens(message, args, source.scalars) : message;
}

/** A message that is neither text nor a function is ignored. */
function textOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

function defaultMessage(validator: object | undefined, args: RuleArguments): string {
  const maker = validator as { defaultMessage?: (args: RuleArguments) => string } | undefined;
  return typeof maker?.defaultMessage === 'function' ? maker.defaultMessage(args) : '';
}

/** Replaces tokens in class-validator's order; a replacement may contain a token itself. */
export function withTokens(message: string, args: RuleArguments, scalars: Scalars): string {
  const { constraints } = args;
  return withValue(Array.isArray(constraints) ? withConstraints(message, constraints) : message, args, scalars);
}

/** Replaces the tokens of a message in which those of constraints are replaced already. */
export function withValue(
  message: string,
  { value, property, targetName }: Pick<RuleArguments, 'value' | 'property' | 'targetName'>,
  scalars: Scalars,
): string {
  const text =
    message.includes('$value') && isShown(value, scalars) ? message.replaceAll('$value', String(value)) : message;
  return text.replaceAll('$property', property).replaceAll('$target', targetName);
}

export function withConstraints(message: string, constraints: readonly unknown[]): string {
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

function isShown(value: unknown, scalars: Scalars): boolean {
  if (typeof value === 'string') return true;
  if (typeof value !== 'number' && typeof value !== 'boolean') return false;
  return typeof scalars === 'function' ? scalars() : scalars;
}

/** The arguments that class-validator passes to validators and message functions. */
export interface RuleArguments {
  value: unknown;
  constraints: unknown[];
  targetName: string;
  object: object;
  property: string;
}
