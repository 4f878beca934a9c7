import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { soleResult } from '../sole-result.js';

/** An event as it is: whatever a method with `@OnEvent` says yes to. Its result is the method's. */
export const directInvocation: RecordAdapter = {
  source: 'event',
  batches: false,
  carriesEvents: false,
  // Lambda knows results and failures, and nothing in between.
  isRefusal: () => false,
  detect: (_event): _event is unknown => false,
  decode: (event) => [{ raw: event, id: '', attributes: {}, content: () => event }],
  encode: soleResult,
};
