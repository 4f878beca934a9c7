import type { ExecutionContext } from '../contracts/pipeline.js';
import type { EventScope } from '../modules/instances/event-scope.js';
import type { MaybePromise } from '../shared/types.js';
import type { Deadline } from './deadline.js';

/** The context of one event: what user code sees of it, and its request-scoped instances. */
export type PipelineContext = ExecutionContext & EventScope & { readonly deadline: Deadline };

/** One step of the way, around everything that is inside it; gives a result, or a Refusal. */
export type Handler = (context: PipelineContext) => MaybePromise<unknown>;
