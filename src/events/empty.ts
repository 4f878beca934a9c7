import type { RecordAdapter } from '../contracts/event-adapter.js';
import { isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { reportFailures } from './results/batch-item-failures.js';

/**
 * An event with an empty `Records` list, so nothing shows its source. There is nothing to do, and every source accepts
 * the result.
 */
export const empty: RecordAdapter<PlainObject> = {
  source: 'empty',
  batches: false,
  detect: isEmpty,
  decode: () => [],
  encode: reportFailures,
};

function isEmpty(event: unknown): event is PlainObject {
  if (!isJsonObject(event) || !Array.isArray(event['Records'])) return false;
  return event['Records'].length === 0 && Object.keys(event).length === 1;
}
