import { getMetadataStorage, ValidateBy, validateSync } from 'class-validator';
import type { ValidationMetadata } from './property-rules.js';

type Constraint = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidatorConstraints']>[number];

/** One rule of one property. */
export interface Rule {
  /** The metadata of its decorator. */
  readonly metadata: ValidationMetadata;
  /** The validator; `undefined` for `@ValidateNested`. */
  readonly constraint: Constraint | undefined;
}

/** Returns the rules of one decorator: one for each of its validators. */
export function rulesOf(metadata: ValidationMetadata): Rule[] {
  const constraints = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls);
  return constraints.map((constraint) => ({ metadata, constraint }));
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

let everyScalarReplaced: boolean | undefined;

/** Whether `$value` in a message also stands for numbers and booleans. In the first releases of 0.14 it does not. */
export function showsScalars(): boolean {
  return (everyScalarReplaced ??= validateSync(new (probeClass())())[0]?.constraints?.['probe'] === '1');
}

function probeClass(): new () => object {
  class Probe {
    probe = 1;
  }
  ValidateBy({ name: 'probe', validator: { validate: () => false } }, { message: '$value' })(Probe.prototype, 'probe');
  return Probe;
}
