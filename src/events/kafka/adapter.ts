import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { reportFirstFailures } from '../item-failures.js';
import { decodeKafka } from './decode.js';
import { detectKafka } from './detect.js';
import type { KafkaEvent } from './event.js';

/** Records of MSK and of clusters of one's own. */
export const kafka: RecordAdapter<KafkaEvent> = {
  source: 'kafka',
  batches: true,
  detect: detectKafka,
  decode: decodeKafka,
  encode: reportFirstFailures,
};
