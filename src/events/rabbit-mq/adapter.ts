import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeRabbitMq } from './decode.js';
import { detectRabbitMq } from './detect.js';
import type { RabbitMqEvent } from './event.js';

export const rabbitMq: RecordAdapter<RabbitMqEvent> = {
  source: 'mq',
  batches: true,
  detect: detectRabbitMq,
  decode: decodeRabbitMq,
  encode: rejectFailures,
};
