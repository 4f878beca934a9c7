import type { ExecutionContext } from '../contracts/pipeline.js';
import type { EventScope } from '../modules/instances/event-scope.js';
import type { MaybePromise } from '../shared/types.js';
import type { Deadline } from './deadline.js';

/** The context of one event: the part that user code sees, its request-scoped instances and its deadline. */
export type PipelineContext = ExecutionContext & EventScope & { readonly deadline: Deadline };

/** One step of the pipeline, with all inner steps; returns a result, or a Refusal. */
export type Step = (context: PipelineContext) => MaybePromise<unknown>;
