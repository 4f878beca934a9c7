import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeActiveMq } from './decode.js';
import { detectActiveMq } from './detect.js';
import type { ActiveMqEvent } from './event.js';

export const activeMq: RecordAdapter<ActiveMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectActiveMq,
  decode: decodeActiveMq,
  encode: rejectFailures,
};
