import type { SNSEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeSns } from './decode.js';
import { detectSns } from './detect.js';

/** Notifications of topics. Lambda is given one at a time, and tries a rejected one again. */
export const sns: RecordAdapter<SNSEvent> = {
  source: 'sns',
  batches: false,
  detect: detectSns,
  decode: decodeSns,
  encode: rejectFailures,
};
