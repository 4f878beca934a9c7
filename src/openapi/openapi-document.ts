import type { JsonSchema } from '../shared/json-schema.js';

// The objects of the OpenAPI Specification 3.1.1, as far as they are used here.

/** An OpenAPI 3.1 document, as far as it is used here. */
export interface OpenApiDocument {
  openapi: string;
  info: InfoObject;
  servers: ServerObject[];
  tags?: TagObject[];
  security: SecurityRequirement[];
  paths: Record<string, PathItem>;
  components: ComponentsObject;
  /** Prefixes of lazy modules, which are loaded at their first request. Their routes are not described. */
  'x-lazy-prefixes'?: readonly string[];
}

export interface InfoObject {
  title: string;
  version: string;
  summary?: string;
  description?: string;
  termsOfService?: string;
  contact?: { name?: string; url?: string; email?: string };
  license?: { name: string; identifier?: string; url?: string };
}

export interface ServerObject {
  url: string;
  description?: string;
}

export interface TagObject {
  name: string;
  description?: string;
}

/** Scopes by the name of a security scheme. */
export type SecurityRequirement = Record<string, readonly string[]>;

/** https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object */
export type SecurityScheme =
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string; description?: string }
  | { type: 'http'; scheme: string; bearerFormat?: string; description?: string }
  | { type: 'openIdConnect'; openIdConnectUrl: string; description?: string }
  | { type: 'oauth2'; flows: Record<string, OAuthFlow>; description?: string }
  | { type: 'mutualTLS'; description?: string };

export interface OAuthFlow {
  authorizationUrl?: string;
  tokenUrl?: string;
  refreshUrl?: string;
  scopes: Record<string, string>;
}

export type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch';

export type PathItem = Partial<Record<Verb, OperationObject>>;

/** One operation of the document: a method at a path. */
export interface OperationObject {
  operationId: string;
  summary: string;
  description?: string;
  tags: readonly string[];
  deprecated?: boolean;
  parameters?: ParameterObject[];
  requestBody?: RequestBodyObject;
  responses: Record<string, ResponseObject | Reference>;
  security?: SecurityRequirement[];
}

export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie';

/** One parameter of an operation: in its path, query, headers or cookies. */
export interface ParameterObject {
  name: string;
  in: ParameterLocation;
  required?: boolean;
  description?: string;
  deprecated?: boolean;
  example?: unknown;
  examples?: Readonly<Record<string, ExampleObject>>;
  schema: JsonSchema;
}

export interface RequestBodyObject {
  description?: string;
  required: boolean;
  content: Record<string, MediaType>;
}

export interface MediaType {
  schema?: JsonSchema;
  example?: unknown;
  /** By name, as in `{ small: { summary: 'One line', value: { … } } }`. */
  examples?: Readonly<Record<string, ExampleObject>>;
}

/** https://spec.openapis.org/oas/v3.1.1.html#example-object */
export interface ExampleObject {
  summary?: string;
  description?: string;
  value?: unknown;
}

export interface HeaderObject {
  description?: string;
  required?: boolean;
  deprecated?: boolean;
  schema: JsonSchema;
}

export interface ResponseObject {
  description: string;
  headers?: Record<string, HeaderObject>;
  content?: Record<string, MediaType>;
}

export interface Reference {
  $ref: string;
}

export interface ComponentsObject {
  schemas: Record<string, JsonSchema>;
  responses: Record<string, ResponseObject>;
  securitySchemes?: Record<string, SecurityScheme>;
}
