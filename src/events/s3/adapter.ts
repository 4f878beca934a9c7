import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { rejectFailures } from '../reject-failures.js';
import { decodeS3 } from './decode.js';
import { type AnyS3Event, detectS3 } from './detect.js';

/** Notifications of buckets, directly or through EventBridge; those in messages of SQS and SNS come here too. */
export const s3: RecordAdapter<AnyS3Event> = {
  source: 's3',
  batches: false,
  detect: detectS3,
  decode: decodeS3,
  encode: rejectFailures,
};
