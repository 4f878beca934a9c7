import type { PipeTransform } from '../contracts/pipeline.js';
import type { StandardSchema } from '../contracts/standard-schema.js';
import type { BodyKind, ParameterMetadata } from '../metadata/class-metadata.js';
import type { ProviderPlan } from '../modules/provider-plan.js';
import type { RefusingReader } from '../validation/input-reader.js';

/** The plan of one argument of a method. */
export interface ArgumentPlan extends Pick<
  ParameterMetadata,
  'kind' | 'key' | 'form' | 'required' | 'factory' | 'data'
> {
  /** The declared type, or the DTO class that the decorator was given in its place. */
  readonly type?: unknown;
  /** For the kind `inject`; without it, nothing provides an optional argument. */
  readonly provider?: ProviderPlan;
  /** The kinds of body that a body parameter takes. */
  readonly consumes?: readonly BodyKind[];
  /** The separator of the items of a query value that the first pipe takes for a list. */
  readonly separator?: string;
  /** The readers of the declared type, if it is a DTO class. */
  readonly readers?: InputReaders;
  /** The parameter's own pipes, in the order they run. */
  readonly pipes?: readonly PipePlan[];
}

/** The readers of a DTO class, as far as the parameter needs them. */
export interface InputReaders {
  /** Reads values of JSON. */
  readonly json?: RefusingReader;
  /** Reads values whose members are strings: a query, or a form. */
  readonly strings?: RefusingReader;
}

/** The argument of a parameter's decorator: a pipe, a type or a schema. */
export type PipePlan =
  | { readonly provider: ProviderPlan }
  | { readonly instance: PipeTransform }
  | { readonly reader: RefusingReader }
  | { readonly type: unknown }
  | { readonly schema: StandardSchema };

/** The plan of the arguments of a method. */
export interface ArgumentsPlan {
  readonly list: readonly ArgumentPlan[];
  /** The kinds of body that the method declares, if none of its arguments reads the body. */
  readonly consumes?: readonly BodyKind[];
}
