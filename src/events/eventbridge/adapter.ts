import type { EventBridgeEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeEventBridge } from './decode.js';
import { detectEventBridge } from './detect.js';

/** Events of a rule on an EventBridge bus, one an invocation. */
export const eventBridge: RecordAdapter<EventBridgeEvent<string, unknown>> = {
  source: 'eventbridge',
  batches: false,
  detect: detectEventBridge,
  decode: decodeEventBridge,
  encode: rejectFailures,
};
