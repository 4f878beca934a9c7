import { InjectionToken } from 'lambent';
import type { LocalQueues } from 'lambent/local';
import { needsEmbeddedQueues } from '../environment.js';
import { SHIPMENTS } from './queue-names.js';

/** SQS inside this process, its messages in memory; `null` where there is a real one. */
export const EMBEDDED_QUEUES = new InjectionToken<LocalQueues | null>('EMBEDDED_QUEUES');

/** Starts it where it is needed. Messages wait until somebody says whom to deliver them to. */
export async function startEmbeddedQueues(): Promise<LocalQueues | null> {
  if (!needsEmbeddedQueues()) return null;
  // A function on Lambda has no use for it, so nothing else may load it.
  const { startQueues } = await import('lambent/local');
  return startQueues({ names: [SHIPMENTS] });
}

/** What the client needs beside the defaults: every request is signed, whoever reads the signature. */
export function queueClientOptions(embedded: LocalQueues | null): Readonly<Record<string, unknown>> {
  if (!embedded) return {};
  return {
    endpoint: embedded.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}
