import type { ExecutionContext } from '../contracts/execution-context.js';
import type { ParameterKind } from '../metadata/parameter-metadata.js';
import type { EventScope } from '../modules/event-scope.js';
import type { MaybePromise } from '../shared/types.js';
import type { Parameter } from './parameter.js';

/** What arguments are read from: the context of the event, which also holds its request-scoped instances. */
export type BindingContext = ExecutionContext & EventScope;

/** Gives the argument, or a Refusal. */
export type ArgumentReader = (context: BindingContext) => MaybePromise<unknown>;

/** Makes the readers of one kind of parameter. */
export type ReaderOf = (parameter: Parameter) => ArgumentReader;

/** What every event has, whatever its source. */
export const INVOCATION_SOURCES = {
  event: () => ({ event }) => event,
  context: () => ({ lambdaContext }) => lambdaContext,
  signal: () => ({ signal }) => signal,
  custom: ({ factory, data }) => (context) => factory?.(data as never, context as never),
} as const satisfies Partial<Record<ParameterKind, ReaderOf>>;
