import type { ConsumerMetadata } from '../../metadata/class-metadata.js';
import type { MethodPlan } from '../method/method-plan.js';

/** A controller method that consumes events. */
export interface ConsumerPlan {
  readonly method: MethodPlan;
  readonly metadata: ConsumerMetadata;
}
