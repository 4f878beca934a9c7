import type { StandardSchema } from '../contracts/standard-schema.js';
import {
  anObject,
  anyText,
  anything,
  either,
  flag,
  mistakeInOptions,
  type OptionRules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import { isOptions } from '../errors/option-names.js';
import type {
  ApiMetadata,
  ApiOperationMetadata,
  ApiPropertyMetadata,
  ApiResponseMetadata,
  ApiSecurityRequirement,
} from '../metadata/api-metadata.js';
import {
  type ClassMetadata,
  describeProperty,
  type MethodMetadata,
  ownClassMetadata,
} from '../metadata/class-metadata.js';
import { noteMistake } from '../metadata/mistakes.js';
import type { Constructor } from '../shared/types.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

/** A class, `String` and the like, or a list of one of them for an array, as in `[OrderDto]`. */
export type ApiType = Constructor | BigIntConstructor | readonly Constructor[];

/** Options of `@ApiResponse`: the status code and the content of the response. */
export interface ApiResponseOptions extends ApiResponseMetadata {
  type?: ApiType | StandardSchema;
}

/** Options of `@ApiProperty`: schema keywords, and the type if the metadata does not have it. */
export interface ApiPropertyOptions extends Omit<ApiPropertyMetadata, 'excluded'> {
  readonly type?: ApiType | string | (() => ApiType);
}

/** Sets the tags of a controller or a route, instead of one named after the controller. */
export function ApiTags(...tags: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ tags }));
}

/** Documents a route: a summary, a description, an operation id. */
export function ApiOperation(operation: ApiOperationMetadata): MethodDecorator {
  return describeApi(() => ({ operation }), mistakeInOptions(operation, OPERATION_RULES, '@ApiOperation'));
}

/** Documents a response of a route, or of all routes of a controller, such as one without a declared type. */
export function ApiResponse(response: ApiResponseOptions): ClassOrMethodDecorator {
  // Decorators run from the bottom up, but the first one should come first.
  return describeApi(
    ({ responses = [] }) => ({ responses: [response, ...responses] }),
    mistakeInOptions(response, RESPONSE_RULES, '@ApiResponse'),
  );
}

/**
 * Documents the security scheme of a controller or a route, by its name in the option `securitySchemes`. Several
 * decorators are alternatives. An object requires all of its schemes: `@ApiSecurity({ key: [], oauth: ['read'] })`.
 * `@ApiSecurity(false)` requires none.
 */
export function ApiSecurity(
  scheme: string | ApiSecurityRequirement | false,
  scopes: readonly string[] = [],
): ClassOrMethodDecorator {
  if (scheme === false) return describeApi(() => ({ security: [] }));
  const requirement = typeof scheme === 'string' ? { [scheme]: scopes } : scheme;
  return describeApi(({ security = [] }) => ({ security: [requirement, ...security] }));
}

/** Excludes a controller, a route or a property from the document. It still works. */
export function ApiExclude(): ClassOrMethodDecorator & PropertyDecorator {
  const exclude = describeApi(() => ({ excluded: true }));
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const isProperty = key !== undefined && typeof descriptor?.value !== 'function';
    if (isProperty) describeProperty(target, key, { excluded: true });
    else exclude(target as never, key as never, descriptor as never);
  };
}

/** Documents a property. The options take precedence over its declared type and its rules. */
export function ApiProperty(property: ApiPropertyOptions = {}): PropertyDecorator {
  return (target, key) => {
    describeProperty(target, key, property);
    noteMistake(ownClassMetadata(target.constructor), mistakeInProperty(property, `@ApiProperty on ${String(key)}`));
  };
}

/** Allows `x-` extensions in addition to the known options. */
function mistakeInProperty(property: ApiPropertyOptions, where: string): string | undefined {
  if (!isOptions(property)) return mistakeInOptions(property, PROPERTY_RULES, where);
  const own = Object.fromEntries(Object.entries(property).filter(([name]) => !name.startsWith('x-')));
  return mistakeInOptions(own, PROPERTY_RULES, where);
}

/** Adds to options. A value that is not an options object is passed on, to be refused. */
export function withMore<O extends object, M extends object>(options: O, more: M): O & M {
  return isOptions(options) ? { ...(options as O), ...more } : (options as O & M);
}

/** Adds to the API documentation of a controller or a route. */
export function describeApi(describe: (before: ApiMetadata) => ApiMetadata, mistake?: string): ClassOrMethodDecorator {
  return classOrMethod((metadata: ClassMetadata | MethodMetadata) => {
    metadata.api = { ...metadata.api, ...describe(metadata.api ?? {}) };
    noteMistake(metadata, mistake);
  });
}

const OPERATION_RULES: OptionRules<ApiOperationMetadata> = {
  summary: anyText,
  description: anyText,
  operationId: text,
  deprecated: flag,
};

const STATUSES: readonly unknown[] = ['default', '1XX', '2XX', '3XX', '4XX', '5XX'];
const RESPONSE_RULES: OptionRules<ApiResponseOptions> = {
  status: either(wholeNumber(100, 599), {
    expected: STATUSES.join(', '),
    accepts: (value) => STATUSES.includes(value),
  }),
  description: anyText,
  type: anything,
  isArray: flag,
  schema: anObject,
  mediaType: anyText,
  example: anything,
  examples: anObject,
  headers: anObject,
};

const PROPERTY_RULES: OptionRules<ApiPropertyOptions> = {
  type: anything,
  isArray: flag,
  enum: anything,
  enumName: anyText,
  required: flag,
  nullable: flag,
  example: anything,
  $ref: anyText,
  title: anyText,
  description: anyText,
  default: anything,
  examples: anything,
  const: anything,
  format: anyText,
  pattern: anyText,
  minLength: anything,
  maxLength: anything,
  minimum: anything,
  maximum: anything,
  exclusiveMinimum: anything,
  exclusiveMaximum: anything,
  multipleOf: anything,
  items: anything,
  minItems: anything,
  maxItems: anything,
  uniqueItems: flag,
  properties: anObject,
  additionalProperties: anything,
  allOf: anything,
  anyOf: anything,
  oneOf: anything,
  not: anything,
  deprecated: flag,
  readOnly: flag,
  writeOnly: flag,
};
