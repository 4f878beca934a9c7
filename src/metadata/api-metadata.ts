import type { JsonSchema, JsonSchemaKeywords } from '../shared/json-schema.js';

/** What `@ApiOperation` says of a method. */
export interface ApiOperationMetadata {
  /** A short line; made of the method's name unless given. */
  summary?: string;
  /** More of it, in Markdown. */
  description?: string;
  /** The name that generated clients call it by; made of class and method unless given. */
  operationId?: string;
  deprecated?: boolean;
}

/** One of several examples. */
export interface ApiExampleMetadata {
  summary?: string;
  description?: string;
  value?: unknown;
}

/** A header of an answer. */
export interface ApiHeaderMetadata {
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  /** A text unless given. */
  schema?: JsonSchema;
}

/** What `@ApiResponse` says of one answer. */
export interface ApiResponseMetadata {
  /** `'4XX'` stands for a range, `'default'` for every status that is not named. */
  status: number | 'default' | '1XX' | '2XX' | '3XX' | '4XX' | '5XX';
  description?: string;
  /** A class, a list of one class, `String` and the like, or a Standard Schema; unknown where it is typed. */
  type?: unknown;
  /** `type` is what each item of a list is. */
  isArray?: boolean;
  /** Instead of `type`: the schema as it is to stand in the document. */
  schema?: JsonSchema;
  /** `application/json` unless given. */
  mediaType?: string;
  example?: unknown;
  /** Several examples by name. */
  examples?: Readonly<Record<string, ApiExampleMetadata>>;
  /** By name: a description, or more. */
  headers?: Readonly<Record<string, string | ApiHeaderMetadata>>;
}

/** What `@ApiParam`, `@ApiQuery` and `@ApiHeader` say of one parameter beside what the code says. */
export interface ApiParameterMetadata {
  in: 'path' | 'query' | 'header' | 'cookie';
  name: string;
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  /** As in {@link ApiResponseMetadata}. */
  type?: unknown;
  isArray?: boolean;
  /** Values, or TypeScript's enum of them. */
  enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  schema?: JsonSchema;
  example?: unknown;
  examples?: Readonly<Record<string, ApiExampleMetadata>>;
}

/** What `@ApiBody` says of the body beside what the code says. */
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

/** The scopes of each scheme that a caller has to satisfy, by its name in the option `securitySchemes`. */
export type ApiSecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** What decorators say of a class of routes or of one of them, for an API document. */
export interface ApiMetadata {
  tags?: readonly string[];
  operation?: ApiOperationMetadata;
  responses?: readonly ApiResponseMetadata[];
  /** Any one of them will do; an empty list asks for none. */
  security?: readonly ApiSecurityRequirement[];
  parameters?: readonly ApiParameterMetadata[];
  body?: ApiBodyMetadata;
  /** Media types of bodies. */
  consumes?: readonly string[];
  /** Media types of successful answers. */
  produces?: readonly string[];
  /** Classes that have a schema in the document though no route names them. */
  extraModels?: readonly unknown[];
  excluded?: boolean;
}

/** What `@ApiProperty` says of a property: keywords of JSON Schema, and how to come by them. */
export interface ApiPropertyMetadata extends Omit<JsonSchemaKeywords, 'type' | 'enum' | 'required'> {
  /**
   * A class, a list of one class for an array, a function that gives either, or JSON Schema's own word; the declared
   * type unless given.
   */
  readonly type?: unknown;
  /** `type` is what each item of a list is. */
  readonly isArray?: boolean;
  /** Values, or TypeScript's enum of them. */
  readonly enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  /** The name of the values' own schema. */
  readonly enumName?: string;
  readonly required?: boolean;
  /** Takes or gives `null`, too. */
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly excluded?: boolean;
}
