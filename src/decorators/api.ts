import type { StandardSchema } from '../contracts/standard-schema.js';
import {
  anObject,
  anyText,
  anything,
  either,
  flag,
  isOptions,
  mistakeInOptions,
  type Rules,
  wholeNumber,
} from '../errors/check-options.js';
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

/** What `@ApiResponse` takes: the status, and what the answer holds. */
export interface ApiResponseOptions extends ApiResponseMetadata {
  type?: ApiType | StandardSchema;
}

/** What `@ApiProperty` takes: the schema's members, and the type where no metadata tells it. */
export interface ApiPropertyOptions extends Omit<ApiPropertyMetadata, 'excluded'> {
  readonly type?: ApiType | string | (() => ApiType);
}

/** Puts the routes of a class, or one route, under tags, instead of one named after the controller. */
export function ApiTags(...tags: string[]): ClassOrMethodDecorator {
  return describeApi(() => ({ tags }));
}

/** What the document says of a route beside what its code says. */
export function ApiOperation(operation: ApiOperationMetadata): MethodDecorator {
  return describeApi(() => ({ operation }), mistakeInOptions(operation, OPERATION, '@ApiOperation'));
}

const OPERATION: Rules<ApiOperationMetadata> = {
  summary: anyText,
  description: anyText,
  operationId: anyText,
  deprecated: flag,
};

/** An answer of a route, or of every route of a class; the successful one where the declared type doesn't tell it. */
export function ApiResponse(response: ApiResponseOptions): ClassOrMethodDecorator {
  // Decorators run from the bottom up; what stands first is to come first.
  return describeApi(
    ({ responses = [] }) => ({ responses: [response, ...responses] }),
    mistakeInOptions(response, RESPONSE, '@ApiResponse'),
  );
}

const STATUSES: readonly unknown[] = ['default', '1XX', '2XX', '3XX', '4XX', '5XX'];
const RESPONSE: Rules<ApiResponseOptions> = {
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

/**
 * The security scheme that a class or a route asks for, by its name in the option `securitySchemes`; of several
 * decorators any one will do. An object asks for all of its schemes at once: `@ApiSecurity({ key: [], oauth: ['read']
 * })`. `@ApiSecurity(false)` asks for none.
 */
export function ApiSecurity(
  scheme: string | ApiSecurityRequirement | false,
  scopes: readonly string[] = [],
): ClassOrMethodDecorator {
  if (scheme === false) return describeApi(() => ({ security: [] }));
  const requirement = typeof scheme === 'string' ? { [scheme]: scopes } : scheme;
  return describeApi(({ security = [] }) => ({ security: [requirement, ...security] }));
}

/** Leaves a class of routes, one route or a property out of the document. It goes on working. */
export function ApiExclude(): ClassOrMethodDecorator & PropertyDecorator {
  const exclude = describeApi(() => ({ excluded: true }));
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const isProperty = key !== undefined && typeof descriptor?.value !== 'function';
    if (isProperty) describeProperty(target, key, { excluded: true });
    else exclude(target as never, key as never, descriptor as never);
  };
}

/** What the document says of a property beside its declared type and its rules; what is given here wins. */
export function ApiProperty(property: ApiPropertyOptions = {}): PropertyDecorator {
  return (target, key) => {
    describeProperty(target, key, property);
    noteMistake(ownClassMetadata(target.constructor), mistakeInProperty(property, `@ApiProperty on ${String(key)}`));
  };
}

/** Extensions of one's own are allowed there. */
function mistakeInProperty(property: ApiPropertyOptions, where: string): string | undefined {
  if (!isOptions(property)) return mistakeInOptions(property, PROPERTY, where);
  const own = Object.fromEntries(Object.entries(property).filter(([name]) => !name.startsWith('x-')));
  return mistakeInOptions(own, PROPERTY, where);
}

/** Options with more of them; what are none stay what they are, to be told of. */
export function withMore<O extends object, M extends object>(options: O, more: M): O & M {
  return isOptions(options) ? { ...(options as O), ...more } : (options as O & M);
}

const PROPERTY: Rules<ApiPropertyOptions> = {
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

/** Adds to what the document says of a class of routes or of one of them. */
export function describeApi(words: (before: ApiMetadata) => ApiMetadata, mistake?: string): ClassOrMethodDecorator {
  return classOrMethod((metadata: ClassMetadata | MethodMetadata) => {
    metadata.api = { ...metadata.api, ...words(metadata.api ?? {}) };
    noteMistake(metadata, mistake);
  });
}
