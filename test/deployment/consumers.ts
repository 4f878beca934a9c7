import type { DeployedConsumer } from '../../src/deployment/subscription.js';

/** A consumer whose method is `Shop.take` unless given. */
export function consumer(
  source: string,
  criteria: Readonly<Record<string, string>> = {},
  handler = 'Shop.take',
): DeployedConsumer {
  return { source, criteria, handler };
}

/** A consumer of an event bus. */
export function bus(source?: string, detailType?: string): DeployedConsumer {
  return consumer('eventbridge', {
    ...(source !== undefined && { source }),
    ...(detailType !== undefined && { detailType }),
  });
}

/** A consumer of the bucket `uploads`. */
export function s3(event?: string): DeployedConsumer {
  return consumer('s3', { bucket: 'uploads', ...(event !== undefined && { event }) });
}
