import type { KinesisStreamEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { encodeStream, inWindow } from '../stream-window.js';
import { decodeKinesis } from './decode.js';
import { detectKinesis } from './detect.js';

export const kinesis: RecordAdapter<KinesisStreamEvent> = {
  source: 'kinesis',
  batches: true,
  inWindow,
  detect: detectKinesis,
  decode: decodeKinesis,
  encode: encodeStream,
};
