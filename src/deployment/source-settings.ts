import { REPORTING_SOURCES } from '../application/options/record-options.js';
import { bucketEvents, eventPattern } from './event-filters.js';
import type { Subscription } from './subscription.js';

/**
 * Returns the settings that follow from decorators, by their names in AWS: of the event source mapping, the
 * notification, the rule or the route.
 */
export function sourceSettings(subscription: Subscription): Readonly<Record<string, unknown>> {
  const reports = (REPORTING_SOURCES as readonly string[]).includes(subscription.source);
  return {
    ...SETTINGS[subscription.source]?.(subscription),
    ...(reports && { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  };
}

const FROM_THE_START = { StartingPosition: 'TRIM_HORIZON' };

const SETTINGS: Readonly<Record<string, ((subscription: Subscription) => object) | undefined>> = {
  kinesis: () => FROM_THE_START,
  dynamodb: () => FROM_THE_START,
  kafka: ({ name }) => ({ ...(name !== undefined && { Topics: [name] }), ...FROM_THE_START }),
  mq: ({ name }) => (name === undefined ? {} : { Queues: [name] }),
  s3: ({ consumers }) => ({ Events: bucketEvents(consumers) }),
  eventbridge: ({ consumers }) => ({ EventPattern: eventPattern(consumers) }),
  websocket: ({ name }) => ({ RouteKey: name }),
};
