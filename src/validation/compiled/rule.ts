import { getMetadataStorage, ValidateBy } from 'class-validator';
import type { ValidationMetadata } from '../property-rules.js';

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
