import type { BannerRoute } from '../../../local/banner.js';
import type { FunctionError } from '../../../local/invoke/call-function.js';

/** A message to a function's process. */
export type RuntimeRequest = LoadRequest | Invocation;

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

/** What a function handles. Known once it has loaded. */
export interface FunctionDescription {
  readonly routes: readonly BannerRoute[];
  /** Prefixes of lazy modules, whose routes are not known yet. */
  readonly lazy: readonly string[];
  /** Names or patterns of the queues that it consumes; `*` for all. */
  readonly queues: readonly string[];
  /** Whether the handler streams, as `awslambda.streamifyResponse` marks it. */
  readonly streams: boolean;
}

/** A message from a function's process. */
export type RuntimeMessage =
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
