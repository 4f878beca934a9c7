import type { JsonSchema, JsonSchemaKeywords } from '../shared/json-schema.js';

/** The options of `@ApiOperation`. */
export interface ApiOperationMetadata {
  /** A short summary. Default: derived from the method's name. */
  summary?: string;
  /** A longer description in Markdown. */
  description?: string;
  /** The name of the operation in generated clients. Default: derived from class and method. */
  operationId?: string;
  deprecated?: boolean;
}

/** A named example. */
export interface ApiExampleMetadata {
  summary?: string;
  description?: string;
  value?: unknown;
}

/** A response header. */
export interface ApiHeaderMetadata {
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  /** Default: a string. */
  schema?: JsonSchema;
}

/** The options of `@ApiResponse`. */
export interface ApiResponseMetadata {
  /** A status code, a range such as `'4XX'`, or `'default'` for all status codes without a response of their own. */
  status: number | 'default' | '1XX' | '2XX' | '3XX' | '4XX' | '5XX';
  description?: string;
  /** A class, a list of one class, `String` and the like, or a Standard Schema. The decorators type it. */
  type?: unknown;
  /** Whether the value is a list whose items have the `type`. */
  isArray?: boolean;
  /** The schema as it appears in the document, instead of `type`. */
  schema?: JsonSchema;
  /** Default: `application/json`. */
  mediaType?: string;
  example?: unknown;
  /** Examples by name. */
  examples?: Readonly<Record<string, ApiExampleMetadata>>;
  /** By name: a description, or a header object. */
  headers?: Readonly<Record<string, string | ApiHeaderMetadata>>;
}

/** The options of `@ApiParam`, `@ApiQuery` and `@ApiHeader`, which complete what the code declares. */
export interface ApiParameterMetadata {
  in: 'path' | 'query' | 'header' | 'cookie';
  name: string;
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  /** As in {@link ApiResponseMetadata}. */
  type?: unknown;
  isArray?: boolean;
  /** The allowed values, or a TypeScript enum. */
  enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  schema?: JsonSchema;
  example?: unknown;
  examples?: Readonly<Record<string, ApiExampleMetadata>>;
}

/** The options of `@ApiBody`, which complete what the code declares. */
export interface ApiBodyMetadata {
  description?: string;
  required?: boolean;
  /** As in {@link ApiResponseMetadata}. */
  type?: unknown;
  isArray?: boolean;
  enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  schema?: JsonSchema;
  example?: unknown;
  examples?: Readonly<Record<string, ApiExampleMetadata>>;
}

/** The required scopes by security scheme, as named in the option `securitySchemes`. */
export type ApiSecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** Metadata for the API document about a controller or a route. */
export interface ApiMetadata {
  tags?: readonly string[];
  operation?: ApiOperationMetadata;
  responses?: readonly ApiResponseMetadata[];
  /** Alternative security requirements. An empty list means none. */
  security?: readonly ApiSecurityRequirement[];
  parameters?: readonly ApiParameterMetadata[];
  body?: ApiBodyMetadata;
  /** The media types of request bodies. */
  consumes?: readonly string[];
  /** The media types of successful responses. */
  produces?: readonly string[];
  /** Classes with a schema in the document even if no route uses them. */
  extraModels?: readonly unknown[];
  excluded?: boolean;
}

/** The options of `@ApiProperty`: JSON Schema keywords, and the type to derive a schema from. */
export interface ApiPropertyMetadata extends Omit<JsonSchemaKeywords, 'type' | 'enum' | 'required'> {
  /**
   * A class, a list of one class for an array, a function that returns either, or a JSON Schema type name. Default: the
   * declared type.
   */
  readonly type?: unknown;
  /** Whether the value is a list whose items have the `type`. */
  readonly isArray?: boolean;
  /** The allowed values, or a TypeScript enum. */
  readonly enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  /** The name of a separate schema for the enum. */
  readonly enumName?: string;
  readonly required?: boolean;
  /** Whether `null` is allowed, too. */
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly excluded?: boolean;
}
