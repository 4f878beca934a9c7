import type { ConsumerDescription, RouteDescription } from '../../../contracts/application-description.js';
import type { FunctionError } from '../../../local/invoke/function-error.js';
import type { Destination } from '../../../shared/destination.js';
import type { Carriage } from '../../../shared/event-types.js';

/** A message to a function's process. */
export type RuntimeRequest = LoadRequest | Invocation | VariablesRequest;

/** Loads the function. Sent once, before any invocation. */
export interface LoadRequest {
  readonly kind: 'load';
  /** The path of the compiled function. */
  readonly file: string;
  /** The port for a debugger, if any. */
  readonly inspector: number | undefined;
}

export interface Invocation {
  readonly kind: 'invoke';
  /** The request id of the invocation. */
  readonly id: string;
  /** The event as JSON. */
  readonly event: string;
  /** Remaining time in milliseconds. */
  readonly timeout: number;
}

/** Sets environment variables that are not set, such as the addresses of queues that have been started. */
export interface VariablesRequest {
  readonly kind: 'variables';
  readonly variables: Variables;
  /** The plan that waits for them, if any does. */
  readonly plan?: number | undefined;
}

/** Environment variables. */
export type Variables = Readonly<Record<string, string>>;

/** A consumer of a function. */
export type FunctionConsumer = Pick<ConsumerDescription, 'source' | 'criteria' | 'via' | 'handler'> &
  Partial<Pick<ConsumerDescription, 'schedule' | 'module'>>;

/** A route of a function. */
export type FunctionRoute = Pick<RouteDescription, 'method' | 'path' | 'handler' | 'module' | 'guarded'>;

/** The events that a function handles, and the destinations it sends to. Known once its application is planned. */
export interface FunctionDescription {
  /** Whether the handler is that of an application. Of any other handler, nothing is known. */
  readonly isApplication: boolean;
  readonly routes: readonly FunctionRoute[];
  /** Prefixes of lazy modules, whose routes are not known yet. */
  readonly lazy: readonly string[];
  readonly consumers: readonly FunctionConsumer[];
  /** The queues and topics whose messages are requests. */
  readonly requestsVia: readonly Carriage[];
  /** The queues, topics and buses that it sends to. */
  readonly sends: readonly Destination[];
  /** The buckets of large payloads that it writes to or reads from. */
  readonly buckets: readonly string[];
  /** Whether the handler streams, as `awslambda.streamifyResponse` marks it. */
  readonly streams: boolean;
}

/** A message from a function's process. */
export type RuntimeMessage =
  /** An application is planned. It waits for the variables of what it declares. */
  | { readonly kind: 'planned'; readonly plan: number; readonly description: FunctionDescription }
  | { readonly kind: 'ready'; readonly description: FunctionDescription }
  | { readonly kind: 'failed'; readonly error: FunctionError }
  /** The process finishes its invocations and must be replaced. */
  | { readonly kind: 'draining' }
  /** A chunk of a streamed response; the first one has the content type. */
  | {
      readonly kind: 'chunk';
      readonly id: string;
      readonly chunk: Uint8Array;
      readonly contentType: string | undefined;
    }
  | { readonly kind: 'result'; readonly id: string; readonly result: string }
  | { readonly kind: 'error'; readonly id: string; readonly error: FunctionError };
