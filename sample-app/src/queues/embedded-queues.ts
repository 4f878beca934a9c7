import { InjectionToken } from 'lambent';
import type { LocalQueues } from 'lambent/local';
import type { OrdersConfig } from '../orders-config.js';
import { SHIPMENTS } from './queue-names.js';

/** SQS inside this process, with its messages in memory, or `null` when a real one is used. */
export const EMBEDDED_QUEUES = new InjectionToken<LocalQueues | null>('EMBEDDED_QUEUES');

/** Starts the queues if needed. Messages wait until `deliverTo` is called. */
export async function startEmbeddedQueues({ needsEmbeddedQueues }: OrdersConfig): Promise<LocalQueues | null> {
  if (!needsEmbeddedQueues) return null;
  // Not needed on Lambda, so only this function may load it.
  const { startQueues } = await import('lambent/local');
  return startQueues({ names: [SHIPMENTS] });
}

/** Options for the client. The SDK needs credentials to sign requests, although nothing checks the signature. */
export function queueClientOptions(embedded: LocalQueues | null): Readonly<Record<string, unknown>> {
  if (!embedded) return {};
  return {
    endpoint: embedded.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}
