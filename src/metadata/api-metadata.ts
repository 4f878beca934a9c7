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

/** What `@ApiResponse` says of one answer. */
export interface ApiResponseMetadata {
  status: number;
  description?: string;
  /** A class, a list of one class, `String` and the like, or a Standard Schema; unknown where it is typed. */
  type?: unknown;
  /** Instead of `type`: the schema as it is to stand in the document. */
  schema?: JsonSchema;
  /** `application/json` unless given. */
  mediaType?: string;
  example?: unknown;
  /** Descriptions by name. */
  headers?: Readonly<Record<string, string>>;
}

export interface ApiSecurityMetadata {
  /** As in the option `securitySchemes`. */
  scheme: string;
  scopes: readonly string[];
}

/** What decorators say of a class of routes or of one of them, for an API document. */
export interface ApiMetadata {
  tags?: readonly string[];
  operation?: ApiOperationMetadata;
  responses?: readonly ApiResponseMetadata[];
  /** Any one of them will do; an empty list asks for none. */
  security?: readonly ApiSecurityMetadata[];
  excluded?: boolean;
}

/** What `@ApiProperty` says of a property: keywords of JSON Schema, and how to come by them. */
export interface ApiPropertyMetadata extends Omit<JsonSchemaKeywords, 'type' | 'enum' | 'required'> {
  /** A class, a list of one class for an array, a function that gives either, or JSON Schema's own word; the declared type unless given. */
  readonly type?: unknown;
  /** Values, or TypeScript's enum of them. */
  readonly enum?: readonly unknown[] | Readonly<Record<string, string | number>>;
  readonly required?: boolean;
  /** Takes or gives `null`, too. */
  readonly nullable?: boolean;
  readonly example?: unknown;
  readonly excluded?: boolean;
}
