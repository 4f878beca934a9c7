import { getMetadataStorage, ValidateBy, validateSync, ValidationTypes } from 'class-validator';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { propertyType } from '../../metadata/reflection.js';
import { describeToken } from '../../shared/token.js';
import type { AbstractConstructor, Constructor, PlainObject } from '../../shared/types.js';
import { decoratedProperties, likelyType, typeMetadata } from '../transformer/transformer-metadata.js';
import type { CheckingOptions } from '../validation-options.js';

type LibraryMetadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** The record that class-validator keeps of one rule. By the library's own type it always has constraints. */
export type ValidationMetadata = Omit<LibraryMetadata, 'constraints'> & { readonly constraints: unknown[] | undefined };

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
  readonly metadata: readonly LibraryMetadata[];
}

/** Selects the rules that apply, as `validate` does. Without it all rules apply. */
type RuleSelection = Pick<CheckingOptions, 'groups' | 'always' | 'strictGroups'>;

/** Returns the metadata of a class and its ancestors. */
function metadataOf(
  type: Constructor,
  { groups, always = false, strictGroups = false }: RuleSelection = {},
): LibraryMetadata[] {
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

function readProperty(type: Constructor, name: string, metadata: LibraryMetadata[]): PropertyRules {
  const typed = typeMetadata(type, name);
  return {
    name,
    type: propertyType(type.prototype, name),
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
