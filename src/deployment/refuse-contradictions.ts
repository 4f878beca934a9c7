import { checkSchedules } from '../application/plan/schedules/check-schedules.js';
import type { ApplicationDescription } from '../contracts/application-description.js';
import { describedRegistry } from './described-registry.js';

/**
 * Refuses before the deployment the consumers that the bootstrap would refuse after it.
 *
 * @throws BootstrapError for a schedule that EventBridge Scheduler does not take, and when two consumers, or a consumer
 *   and the option `requestsVia`, take the same records.
 */
export function refuseContradictions(description: Pick<ApplicationDescription, 'consumers' | 'requestsVia'>): void {
  for (const type of new Set(description.consumers.map((consumer) => consumer.type))) checkSchedules(type);
  describedRegistry(description);
}
