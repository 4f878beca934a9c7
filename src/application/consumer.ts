import type { MaybePromise } from '../shared/types.js';
import type { DeclaredConsumer } from './criteria.js';
import type { Enhancers } from './enhancers.js';
import type { ContextTarget } from './event-context.js';
import type { RecordContext } from './record-context.js';

/** A method that takes records, with everything compiled that metadata could answer. */
export interface Consumer extends ContextTarget, DeclaredConsumer {
  /** What is bound around it, global enhancers first. */
  readonly levels: readonly Enhancers[];
  /** Guards, interceptors, binding, the method, filters. A filter sees a failure, and can't make a success of it. */
  readonly handle: (context: RecordContext) => MaybePromise<unknown>;
}
