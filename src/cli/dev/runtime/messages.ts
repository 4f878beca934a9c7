import type { BannerRoute } from '../../../local/banner.js';
import type { FunctionError } from '../../../local/invoke/call-function.js';

/** What a function's process is asked to do. */
export type RuntimeRequest = LoadRequest | Invocation;

/** Comes once, before any invocation. */
export interface LoadRequest {
  readonly kind: 'load';
  /** The function, compiled. */
  readonly file: string;
  /** The port for a debugger, if one is wanted. */
  readonly inspector: number | undefined;
}

export interface Invocation {
  readonly kind: 'invoke';
  /** Lambda's id of the invocation. */
  readonly id: string;
  /** JSON. */
  readonly event: string;
  /** Milliseconds that are left. */
  readonly timeout: number;
}

/** What a function's process tells of the function when it is loaded. */
export interface FunctionDescription {
  readonly routes: readonly BannerRoute[];
  /** Prefixes of modules whose routes are not known before they are loaded. */
  readonly lazy: readonly string[];
  /** The queues that it consumes; `*` for all. */
  readonly queues: readonly string[];
  /** Whether it writes to a stream, as `awslambda.streamifyResponse` marks it. */
  readonly streams: boolean;
}

/** What a function's process says. */
export type RuntimeMessage =
  | { readonly kind: 'ready'; readonly description: FunctionDescription }
  | { readonly kind: 'failed'; readonly error: FunctionError }
  /** It has to be replaced, and goes on with what it has. */
  | { readonly kind: 'spent' }
  /** Of what the function streams; the first one has the type. */
  | {
      readonly kind: 'chunk';
      readonly id: string;
      readonly chunk: Uint8Array;
      readonly contentType: string | undefined;
    }
  | { readonly kind: 'result'; readonly id: string; readonly result: string }
  | { readonly kind: 'error'; readonly id: string; readonly error: FunctionError };
