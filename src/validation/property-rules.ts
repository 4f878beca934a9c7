import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { propertyType } from '../metadata/reflection.js';
import type { Constructor } from '../shared/types.js';

export type ValidationMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Condition = (object: object, value: unknown) => boolean;

/** What class-validator's decorators and the compiler say of one property. */
export interface PropertyRules {
  readonly name: string;
  /** The declared type; `undefined` where the compiler emitted none. */
  readonly type: unknown;
  /** `@ValidateNested`. */
  readonly nested: boolean;
  /** `@ValidateNested({ each: true })`. */
  readonly each: boolean;
  /** `@IsOptional` and `@ValidateIf`: all must hold for any rule to apply. */
  readonly conditions: readonly Condition[];
  /** Everything that was said, in class-validator's order. */
  readonly metadata: readonly ValidationMetadata[];
}

/** The class' own metadata and what it inherits. Without groups: every rule; `groups` selects as `validate` does. */
function metadataOf(type: Constructor, groups?: string[]): ValidationMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', false, false, groups);
}

export function hasRules(type: Constructor): boolean {
  return metadataOf(type).length > 0;
}

/** The rules of a class by property, in the order in which class-validator goes through them. */
export function propertyRules(type: Constructor, groups?: string[]): PropertyRules[] {
  const byName = getMetadataStorage().groupByPropertyName(metadataOf(type, groups));
  return Object.entries(byName).map(([name, metadata]) => rulesOf(type, name, metadata));
}

function rulesOf(type: Constructor, name: string, metadata: ValidationMetadata[]): PropertyRules {
  const nested = metadata.filter((rule) => rule.type === ValidationTypes.NESTED_VALIDATION);
  return {
    name,
    type: propertyType(type.prototype as object, name),
    nested: nested.length > 0,
    each: nested.some((rule) => rule.each),
    conditions: metadata
      .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
      .map((rule) => rule.constraints[0] as Condition),
    metadata,
  };
}
