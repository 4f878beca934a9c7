import type { ParameterKind } from '../metadata/parameter-metadata.js';
import type { JsonSchema } from '../shared/json-schema.js';
import type { MaybePromise } from '../shared/types.js';
import type { ExecutionContext } from './execution-context.js';

/** Decides whether the method runs; `false` is 403, a thrown error is that error's answer. */
export interface CanActivate {
  canActivate(context: ExecutionContext): MaybePromise<boolean>;
}

/** What an interceptor is given to go on with. */
export interface CallHandler<T = unknown> {
  /** Runs what is inside: the next interceptor, or binding and the method. */
  handle(): Promise<T>;
}

/** Wraps the method: may look at the context, change the result, answer by itself, or handle the error. */
export interface Interceptor<T = unknown, R = unknown> {
  intercept(context: ExecutionContext, next: CallHandler<T>): MaybePromise<R>;
}

/** What a pipe is told of the parameter it works for. */
export interface ArgumentMetadata {
  readonly type: ParameterKind;
  /** The declared type; `undefined` where the compiler emitted none. */
  readonly metatype: unknown;
  /** The key that was given to the decorator, as in `@Query('limit')`. */
  readonly data: string | undefined;
  /** The body is a form, whose members are text whatever they are declared as. */
  readonly strings?: boolean;
}

/** Changes or checks one argument; throws to refuse it. */
export interface PipeTransform<T = unknown, R = unknown> {
  transform(value: T, metadata: ArgumentMetadata): MaybePromise<R>;
}

/** What a pipe takes, for an API document. */
export interface InputDescription {
  readonly schema?: JsonSchema;
  /** Of a list: what each item is, as it is declared. */
  readonly items?: unknown;
  /** Whether it refuses a missing value, or has one of its own for it. */
  readonly required?: boolean;
  /** The status of the answer when it refuses a value. */
  readonly refusal?: number;
}

/** A pipe that can say what it takes. */
export interface DescribedPipe extends PipeTransform {
  describeInput(): InputDescription;
}

/** Makes an answer out of an error: its result is rendered like a method's. */
export interface ExceptionFilter<E = unknown> {
  catch(error: E, context: ExecutionContext): unknown;
}
