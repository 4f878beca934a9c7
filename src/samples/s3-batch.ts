import { randomUUID } from 'node:crypto';
import type { S3BatchEvent } from 'aws-lambda';

/** The parts of a task that matter to tests. */
export interface S3BatchSample {
  /** Default: `uploads`. */
  bucket?: string;
  /** The object's name, not encoded. Default: `photo.jpg`. */
  key?: string;
  versionId?: string;
  /** The arguments of the job. They make the event one of the second version of the schema. */
  userArguments?: Record<string, string>;
}

/** Builds the event of a task of S3 Batch Operations. */
export function sampleS3Batch({
  bucket = 'uploads',
  key = 'photo.jpg',
  versionId,
  userArguments,
}: S3BatchSample = {}): S3BatchEvent {
  const s3Key = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
  const task = { taskId: randomUUID(), s3Key, s3VersionId: versionId ?? null };
  const base = { invocationId: randomUUID(), job: { id: randomUUID(), ...(userArguments && { userArguments }) } };
  const ofVersion = userArguments
    ? { invocationSchemaVersion: '2.0', tasks: [{ ...task, s3Bucket: bucket }] }
    : { invocationSchemaVersion: '1.0', tasks: [{ ...task, s3BucketArn: `arn:aws:s3:::${bucket}` }] };
  return { ...base, ...ofVersion } as S3BatchEvent;
}
