import type { ForwardReference, Token } from '../shared/token.js';

/** What a parameter decorator asks for. */
export type ParameterKind =
  | 'body'
  | 'query'
  | 'param'
  | 'headers'
  | 'cookies'
  | 'request'
  | 'response'
  | 'ip'
  | 'requestId'
  | 'event'
  | 'context'
  | 'signal'
  | 'record'
  | 'uploadedFile'
  | 'uploadedFiles'
  | 'inject'
  | 'custom';

/** How a constructor parameter or a property is injected, beyond its type. */
export interface InjectionMetadata {
  token?: Token | ForwardReference<Token>;
  optional?: boolean;
}

/** What a method's parameter asks for; token and `optional` are for `inject`. */
export interface ParameterMetadata extends InjectionMetadata {
  kind: ParameterKind;
  /** For `body`: of `@Form`, which takes nothing but a form. */
  form?: boolean;
  /** The name of one value; without it the parameter takes the whole record. */
  key?: string;
  /** Pipes, DTO classes and Standard Schemas, in the order they run. */
  pipes: readonly unknown[];
  /** For `custom`: what `createParamDecorator` was given, and the data of this use. */
  factory?: (data: never, context: never) => unknown;
  data?: unknown;
}
