import type { RecordAdapter } from '../contracts/record-adapter.js';
import { sqs } from './sqs/adapter.js';

/** Every source of records. Their shapes exclude each other, so the order is free: the commonest first. */
export const recordAdapters: readonly RecordAdapter[] = [sqs];

/** The source of an event with records, `undefined` for every other event and value. */
export function detectRecordAdapter(event: unknown): RecordAdapter | undefined {
  for (const adapter of recordAdapters) if (adapter.detect(event)) return adapter;
  return undefined;
}
