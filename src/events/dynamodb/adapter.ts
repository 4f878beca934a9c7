import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { encodeStream, inWindow } from '../stream-window.js';
import { decodeDynamoDb } from './decode.js';
import { detectDynamoDb } from './detect.js';

export const dynamoDb: RecordAdapter<DynamoDBStreamEvent> = {
  source: 'dynamodb',
  batches: true,
  inWindow,
  detect: detectDynamoDb,
  decode: decodeDynamoDb,
  encode: encodeStream,
};
