import { randomBytes } from 'node:crypto';
import type { S3Event, S3EventRecord } from 'aws-lambda';
import type { S3BusEvent } from '../events/s3.js';
import { sampleEventBridge } from './eventbridge.js';

export interface S3Sample {
  /** `uploads` unless given. */
  bucket?: string;
  /** As the object is named, not encoded; `photo.jpg` unless given. */
  key?: string;
  /** `ObjectCreated:Put` unless given. */
  event?: string;
  /** Bytes; 1024 unless given. */
  size?: number;
}

/** A bucket's own notification, with one record an object. */
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

/** The event of a created object as EventBridge sends it. */
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

/** As S3 encodes keys: like a form, a slash staying. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

function hex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}
