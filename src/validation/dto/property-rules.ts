import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { propertyType } from '../../metadata/reflection.js';
import { describeToken } from '../../shared/token.js';
import type { AbstractConstructor, Constructor, PlainObject } from '../../shared/types.js';
import { decoratedProperties, likelyType, typeMetadata } from '../transformer/transformer-metadata.js';
import type { CheckingOptions } from '../validation-options.js';

export type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];
type Condition = (object: object, value: unknown) => boolean;

/** The rules and the types of one property. */
export interface PropertyRules {
  readonly name: string;
  /** The declared type; `undefined` where the compiler emitted none. */
  readonly type: unknown;
  /** Whether it has `@ValidateNested`. */
  readonly nested: boolean;
  /** Whether it has a rule for lists or their items, such as `@IsArray()` or `@ValidateNested({ each: true })`. */
  readonly listed: boolean;
  /** The likely result of its `@Type` function. */
  readonly named: unknown;
  /** `@IsOptional` and `@ValidateIf`: all must hold for any rule to apply. */
  readonly conditions: readonly Condition[];
  /** All its class-validator metadata, in the library's order. */
  readonly metadata: readonly ValidationMetadata[];
}

/** Selects the rules that apply, as `validate` does. Without it all rules apply. */
type RuleSelection = Pick<CheckingOptions, 'groups' | 'always' | 'strictGroups'>;

/** Returns the metadata of a class and its ancestors. */
function metadataOf(
  type: Constructor,
  { groups, always = false, strictGroups = false }: RuleSelection = {},
): ValidationMetadata[] {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', always, strictGroups, groups);
}

export function hasRules(type: Constructor): boolean {
  return metadataOf(type).length > 0;
}

/**
 * Returns the rules of a class by property, in class-validator's order.
 *
 * @throws BootstrapError for a property such as `constructor`, which class-validator finds in every object.
 */
export function propertyRules(type: Constructor, selection?: RuleSelection): PropertyRules[] {
  const rules = metadataOf(type, selection);
  const inherited = rules.find(({ propertyName }) => propertyName in Object.prototype);
  if (inherited) {
    throw new BootstrapError(
      `${describeToken(type)}.${inherited.propertyName} can't have validation rules: class-validator fails for names ` +
        'that every object has. Give the property another name.',
    );
  }
  const byName = getMetadataStorage().groupByPropertyName(rules);
  return Object.entries(byName).map(([name, metadata]) => readProperty(type, name, metadata));
}

function readProperty(type: Constructor, name: string, metadata: ValidationMetadata[]): PropertyRules {
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

/** Names the properties with decorators of class-validator or class-transformer, or with `@ApiProperty`. */
export function describedProperties(type: Constructor): string[] {
  const named = [...(mergedMetadata(type).apiProperties?.keys() ?? [])].filter((key) => typeof key === 'string');
  return [...new Set([...propertyRules(type).map(({ name }) => name), ...named, ...decoratedProperties(type)])];
}

/** Returns the initial values of a new instance; `undefined` if the constructor needs arguments. */
export function initialValues(type: AbstractConstructor): PlainObject | undefined {
  try {
    return Reflect.construct(type, []) as PlainObject;
  } catch {
    return undefined;
  }
}
