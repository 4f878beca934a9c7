import { randomBytes } from 'node:crypto';
import type { S3Event, S3EventRecord } from 'aws-lambda';
import type { S3BusEvent } from '../events/s3.js';
import { sampleEventBridge } from './eventbridge.js';

export interface S3Sample {
  /** Default: `uploads`. */
  bucket?: string;
  /** The object's name, not encoded. Default: `photo.jpg`. */
  key?: string;
  /** Default: `ObjectCreated:Put`. */
  event?: string;
  /** In bytes. Default: 1024. */
  size?: number;
}

/** Builds a bucket's direct notification, with one record per object. */
export function sampleS3(...samples: readonly S3Sample[]): S3Event {
  return { Records: (samples.length === 0 ? [{}] : samples).map(sampleRecord) };
}

function sampleRecord({
  bucket = 'uploads',
  key = 'photo.jpg',
  event = 'ObjectCreated:Put',
  size = 1024,
}: S3Sample): S3EventRecord {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: new Date().toISOString(),
    eventName: event,
    userIdentity: { principalId: 'AWS:AIDAEXAMPLE' },
    requestParameters: { sourceIPAddress: '203.0.113.10' },
    responseElements: { 'x-amz-request-id': hex(8).toUpperCase(), 'x-amz-id-2': randomBytes(32).toString('base64') },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'uploads',
      bucket: { name: bucket, ownerIdentity: { principalId: 'A3EXAMPLE' }, arn: `arn:aws:s3:::${bucket}` },
      object: { key: encodeKey(key), size, eTag: hex(16), sequencer: hex(9).toUpperCase() },
    },
  };
}

/** Builds the EventBridge event of a created object. */
export function sampleS3OnBus({
  bucket = 'uploads',
  key = 'photo.jpg',
  size = 1024,
}: Omit<S3Sample, 'event'> = {}): S3BusEvent {
  return sampleEventBridge({
    source: 'aws.s3',
    detailType: 'Object Created',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: { key, size, etag: hex(16), sequencer: hex(9).toUpperCase() },
      'request-id': hex(8).toUpperCase(),
      requester: '123456789012',
      'source-ip-address': '203.0.113.10',
      reason: 'PutObject',
    },
  });
}

/** Encodes a key as S3 does: like a form, but keeping slashes. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
