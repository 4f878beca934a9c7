import type { ExecutionContext } from '../contracts/execution-context.js';
import type { EventScope } from '../modules/event-scope.js';
import type { Deadline } from './deadline.js';
import type { MaybePromise } from '../shared/types.js';

/** The context of one event: what user code sees of it, and its request-scoped instances. */
export type PipelineContext = ExecutionContext & EventScope & { readonly deadline: Deadline };

/** One step of the way, around everything that is inside it; gives a result, or a Refusal. */
export type Handler = (context: PipelineContext) => MaybePromise<unknown>;
