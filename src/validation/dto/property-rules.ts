import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { classMetadata } from '../../metadata/class-metadata.js';
import { propertyType } from '../../metadata/reflection.js';
import type { Constructor } from '../../shared/types.js';
import { decoratedProperties, likelyType, typeMetadata } from '../transformer/transformer-metadata.js';
import type { CheckingOptions } from '../validation-options.js';

export type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];
type Condition = (object: object, value: unknown) => boolean;

/** What class-validator's decorators and the compiler say of one property. */
export interface PropertyRules {
  readonly name: string;
  /** The declared type; `undefined` where the compiler emitted none. */
  readonly type: unknown;
  /** `@ValidateNested`. */
  readonly nested: boolean;
  /** A rule is of lists, or of their items: `@IsArray()`, `@ValidateNested({ each: true })`. */
  readonly listed: boolean;
  /** What `@Type` most likely names. */
  readonly named: unknown;
  /** `@IsOptional` and `@ValidateIf`: all must hold for any rule to apply. */
  readonly conditions: readonly Condition[];
  /** Everything that was said, in class-validator's order. */
  readonly metadata: readonly ValidationMetadata[];
}

/** Which rules apply, as `validate` selects them; without any of it all do. */
type RuleSelection = Pick<CheckingOptions, 'groups' | 'always' | 'strictGroups'>;

/** The class' own metadata and what it inherits. */
function metadataOf(
  type: Constructor,
  { groups, always = false, strictGroups = false }: RuleSelection = {},
): ValidationMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', always, strictGroups, groups);
}

export function hasRules(type: Constructor): boolean {
  return metadataOf(type).length > 0;
}

/** The rules of a class by property, in the order in which class-validator goes through them. */
export function propertyRules(type: Constructor, selection?: RuleSelection): PropertyRules[] {
  const byName = getMetadataStorage().groupByPropertyName(metadataOf(type, selection));
  return Object.entries(byName).map(([name, metadata]) => rulesOf(type, name, metadata));
}

function rulesOf(type: Constructor, name: string, metadata: ValidationMetadata[]): PropertyRules {
  const typed = typeMetadata(type, name);
  return {
    name,
    type: propertyType(type.prototype as object, name),
    nested: metadata.some((rule) => rule.type === ValidationTypes.NESTED_VALIDATION),
    listed: metadata.some(({ each, name: rule }) => each || /^(?:isArray|array[A-Z]\w*)$/.test(rule ?? '')),
    named: typed && likelyType(typed, name),
    conditions: metadata
      .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
      .map((rule) => rule.constraints[0] as Condition),
    metadata,
  };
}

/** The properties of which a decorator says something: class-validator's, class-transformer's or `@ApiProperty`. */
export function describedProperties(type: Constructor): string[] {
  const named = [...(classMetadata(type).apiProperties?.keys() ?? [])].filter((key) => typeof key === 'string');
  return [...new Set([...propertyRules(type).map(({ name }) => name), ...named, ...decoratedProperties(type)])];
}
