import { BootstrapError } from '../../errors/bootstrap-error.js';
import { declaredProperties } from '../../metadata/declared-types.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import { mistakesIn } from '../../metadata/mistakes.js';
import { nestMistake } from '../../metadata/nestjs-decorators.js';
import type { JsonSchema } from '../../shared/json-schema.js';
import type { Constructor } from '../../shared/types.js';
import { isDto } from '../../validation/dto/check-dto-class.js';
import {
  describedProperties,
  initialValues,
  type PropertyRules,
  propertyRules,
} from '../../validation/dto/property-rules.js';
import { isSkipped } from '../../validation/skipped-values.js';
import { isRequired, propertySchema, type SchemaProperty } from './property-schema.js';
import type { Discriminator, SchemaKey, SchemaSource } from './schema-source.js';
import { isLeftOut, nameInJson } from './transformed-property.js';

/** Returns the schema of a class's instances, as callers send them or as they receive them. */
export function classSchema(key: SchemaKey, source: SchemaSource): JsonSchema {
  const { type, direction, discriminator } = key;
  const mistake = mistakesIn(type)[0] ?? nestMistake(type);
  if (mistake) throw new BootstrapError(mistake);
  const properties = classProperties(key, source).map((property) => ({
    name: nameInJson(type, property.name, direction),
    schema: propertySchema(property, source),
    required: isRequired(property),
  }));
  const members = Object.fromEntries(properties.map(({ name, schema }) => [name, schema]));
  const names = properties.filter((property) => property.required).map(({ name }) => name);
  const required = discriminator ? [...new Set([discriminator.property, ...names])] : names;
  return {
    type: 'object',
    properties: discriminator ? withKind(members, discriminator) : members,
    ...(required.length > 0 && { required }),
  };
}

/** Puts the member that names the class first. The class itself may declare it, of any value. */
function withKind(members: Readonly<Record<string, JsonSchema>>, { property, value }: Discriminator) {
  const { [property]: declared, ...others } = members;
  return { [property]: { ...declared, const: value }, ...others };
}

/** Returns the properties that callers see, with all their metadata. */
export function classProperties({ type, direction }: SchemaKey, source: SchemaSource): SchemaProperty[] {
  const { apiProperties } = mergedMetadata(type);
  const rules = new Map(propertyRules(type, source.options).map((rule) => [rule.name, rule]));
  const defaults = (direction === 'input' && initialValues(type)) || {};
  const declared = declaredProperties(type);
  return propertyNames(type, declared.keys(), direction === 'input' && source.options.whitelist === true)
    .filter(
      (name) =>
        !isLeftOut({ type, direction }, name, source.options.transformOptions?.groups) &&
        apiProperties?.get(name)?.excluded !== true,
    )
    .map((name) => ({
      type,
      name,
      direction,
      rules: rules.get(name),
      api: apiProperties?.get(name),
      declared: declared.get(name) ?? {},
      initial: defaults[name],
      isSkipped: (value) => !isDefined(rules.get(name)) && isSkipped(source.options, value),
    }));
}

/** Whether it has `@IsDefined`, which no option skips. */
function isDefined(rules: PropertyRules | undefined): boolean {
  return rules?.metadata.some(({ type }) => type === 'isDefined') ?? false;
}

/** Keeps the order of the source where it is known. Names without a decorator do not pass a whitelist. */
function propertyNames(type: Constructor, declared: Iterable<string>, isWhitelisted: boolean): string[] {
  const described = describedProperties(type);
  const names = isWhitelisted && isDto(type) ? [...declared].filter((name) => described.includes(name)) : declared;
  return [...new Set([...names, ...described])];
}
