import { isStateless } from '../dto/property-rules.js';
import { ruleName } from '../reading/asked-rule.js';
import type { PlannedRule } from './check-plan.js';
import { type CodeTarget, ruleHint } from './code-target.js';
import { isUniqueRule, knownRule, type KnownRule } from './inline-rules.js';
import { messageText } from './message-text.js';
import { lines, literal } from './source-text.js';

/** The context of a rule's text, with the name that class-validator gives the class. */
export interface RuleContext {
  readonly target: CodeTarget;
  readonly targetName: string;
}

/** A rule: known, or asked. */
export interface WrittenRule {
  readonly rule: PlannedRule;
  readonly known: KnownRule | undefined;
  readonly asked: AskedText | undefined;
  /** The statement that reports it. */
  readonly tell?: string;
}

export interface AskedText {
  /** The name of the rule's description. */
  readonly name: string;
  /** The call of its validator, with `value` and `args`. */
  readonly call: string;
}

export function writtenRule(context: RuleContext, rule: PlannedRule): WrittenRule {
  const { target } = context;
  const known = knownRule(rule, {
    known: (name) => target.reading('known-rules', name),
    constant: (text) => target.declare(ruleHint(rule), (name) => `const ${name} = ${text};`),
    constraint: (index) =>
      target.declare(
        `${ruleHint(rule)}_${index + 1}`,
        (name) => `const ${name} = ${target.metadataOf(rule)}.constraints[${index}];`,
      ),
    ask: rule.metadata.each
      ? undefined
      : () => `${target.validatorOf(rule)}.validate(value, ${argumentsText(context, rule)})`,
  });
  if (!known) return { rule, known, asked: askedText(target, rule) };
  return { rule, known: rule.metadata.each ? ofItems(target, rule, known) : known, asked: undefined };
}

function ofItems(target: CodeTarget, rule: PlannedRule, { kept }: KnownRule): KnownRule {
  const keeps = target.declare(`${ruleHint(rule)}Item`, (name) => `const ${name} = (value) => ${kept};`);
  return { kept: `${target.reading('known-rules', 'everyItem')}(value, ${keeps})`, isCall: true };
}

function askedText(target: CodeTarget, rule: PlannedRule): AskedText {
  const constraint = target.constraintOf(rule);
  const name = target.declare(`${ruleHint(rule)}Asked`, (declared) => {
    const source = `{ metadata: ${target.metadataOf(rule)}, constraint: ${constraint} }`;
    const isMerged = rule.contexts.some((metadata) => metadata !== rule.metadata);
    const merged = isMerged ? `, ${contextText(target, rule)}` : '';
    return `const ${declared} = ${target.reading('asked-rule', 'askedRule')}(${source}, ${target.scalars()}${merged});`;
  });
  const validator = isStateless(rule.constraint!) ? target.validatorOf(rule) : `${constraint}.instance`;
  return { name, call: callText(target, rule, validator) };
}

function callText(target: CodeTarget, rule: PlannedRule, validator: string): string {
  if (rule.metadata.each) return `${target.reading('asked-rule', 'askEach')}(${validator}, value, args)`;
  return isUniqueRule(rule)
    ? `${target.reading('known-rules', 'askUnique')}(${validator}, value, args)`
    : `${validator}.validate(value, args)`;
}

/** Returns the arguments that validators and message functions get, as an expression. */
export function argumentsText({ target, targetName }: RuleContext, rule: PlannedRule): string {
  const { constraints, propertyName } = rule.metadata;
  const list = constraints === undefined ? 'undefined' : `${target.metadataOf(rule)}.constraints`;
  const names = `targetName: ${literal(targetName)}, property: ${literal(propertyName)}`;
  return `{ ${names}, object, value, constraints: ${list} }`;
}

/** Generates the report of a broken rule. */
export function tellText(
  context: RuleContext,
  rule: PlannedRule,
  property = literal(rule.metadata.propertyName),
): string {
  const { target, targetName } = context;
  const message = messageText(target, { rule, targetName, args: () => argumentsText(context, rule) });
  const type = literal(ruleName(rule));
  if (rule.contexts.length === 0) return `found.add(depth, ${property}, ${message}, ${type});`;
  return lines(
    '{',
    `  const msg = ${message};`,
    `  found.add(depth, ${property}, msg, ${type});`,
    `  found.addContext(${contextText(target, rule)}, msg);`,
    '}',
  );
}

/** Returns the context of a rule, merged with that of the property's other rules of its name. */
function contextText(target: CodeTarget, { contexts, constraint }: PlannedRule): string {
  return `{ ${contexts.map((metadata) => `...${target.metadataOf({ metadata, constraint })}.context`).join(', ')} }`;
}
