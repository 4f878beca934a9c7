import type { SQSEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { reportFailures } from '../item-failures.js';
import { decodeSqs } from './decode.js';
import { detectSqs } from './detect.js';

export const sqs: RecordAdapter<SQSEvent> = {
  source: 'sqs',
  batches: true,
  detect: detectSqs,
  decode: decodeSqs,
  encode: reportFailures,
};
