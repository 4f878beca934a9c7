import type { S3BatchEvent, S3BatchResult, S3BatchResultResultCode } from 'aws-lambda';
import type { RecordAdapter, RecordOutcome, SourceRecord, WriteData } from '../contracts/event-adapter.js';
import { explain } from '../errors/explain.js';
import { HttpException } from '../errors/http-exception.js';
import { decodeFormComponent } from '../http/request/query.js';
import { shortened } from '../shared/input-limits.js';
import { asJsonObject, asString, isJsonObject } from '../shared/json-values.js';
import type { PlainObject } from '../shared/types.js';
import { directInvocation } from './direct-invocation.js';
import { lastOfArn } from './reading/arn.js';
import { malformed, textAt } from './reading/malformed-event.js';
import { soleResult } from './results/batch-item-failures.js';
import { rejectedIn } from './results/settled-results.js';

/** The content of a task of S3 Batch Operations, for `@Body()`: one object of the job's manifest. */
export interface S3BatchTask {
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  readonly versionId?: string;
  readonly jobId: string;
  /** The arguments that the job was created with. */
  readonly userArguments?: Readonly<Record<string, string>>;
}

/**
 * For `@OnEvent`: matches a task of an S3 Batch Operations job. The method's result is the text in the job's completion
 * report. A 4xx exception, such as for invalid content, fails the task for good; after any other error, S3 tries again.
 *
 * @param bucket Default: any.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
 */
export function isS3BatchTask(bucket?: string): (event: unknown) => event is S3BatchEvent {
  return (event): event is S3BatchEvent =>
    detectS3Batch(event) &&
    (bucket === undefined || event.tasks.every((task) => bucketOf(asJsonObject(task)) === bucket));
}

/** Tasks of S3 Batch Operations, in both versions of its schema. */
export const s3Batch: RecordAdapter<S3BatchEvent> = {
  ...directInvocation,
  detect: detectS3Batch,
  decode: decodeS3Batch,
  encodeResult: reported,
  encode: encodeS3Batch,
};

function detectS3Batch(event: unknown): event is S3BatchEvent {
  return (
    isJsonObject(event) &&
    typeof event['invocationSchemaVersion'] === 'string' &&
    isJsonObject(event['job']) &&
    Array.isArray(event['tasks'])
  );
}

/** S3 sends one task an invocation. */
function decodeS3Batch(event: S3BatchEvent): readonly SourceRecord[] {
  const [task, ...others]: readonly unknown[] = event.tasks;
  if (!isJsonObject(task) || others.length > 0)
    return [{ ...record(event, ''), malformed: malformed('tasks', event.tasks, 'a list with one task') }];
  return [{ ...record(event, asString(task['taskId']) ?? ''), content: () => contentOf(event, task) }];
}

function record(raw: S3BatchEvent, id: string): SourceRecord {
  return { raw, id, attributes: {}, mayLack: ['versionId', 'userArguments'], content: () => raw };
}

function contentOf({ job }: S3BatchEvent, task: PlainObject): S3BatchTask {
  const { userArguments } = job as { userArguments?: Record<string, string> };
  const versionId = asString(task['s3VersionId']);
  return {
    bucket: bucketOf(task),
    key: decodeFormComponent(textAt(task, 's3Key', 'tasks[0]')),
    jobId: job.id,
    ...(versionId && { versionId }),
    ...(userArguments && { userArguments }),
  };
}

/** The first version of the schema has an ARN, the second one a name. */
function bucketOf(task: PlainObject): string {
  return asString(task['s3Bucket']) ?? lastOfArn(task['s3BucketArn']);
}

/** The limit of a completion report for the text of a task, in characters. */
const LONGEST = 1000;

/** @throws The error of an event that has no task. */
function encodeS3Batch(
  outcomes: readonly RecordOutcome[],
  [{ id, malformed: unknown } = record({} as S3BatchEvent, '')]: readonly SourceRecord[],
  { invocationSchemaVersion, invocationId }: S3BatchEvent,
): S3BatchResult {
  const [outcome] = outcomes;
  if (!outcome || unknown) return soleResult(outcomes) as never;
  const [resultCode, result] = outcome.failed
    ? ([codeOf(outcome.error), String(explain(outcome.error))] as const)
    : (['Succeeded', outcome.value as string] as const);
  return {
    invocationSchemaVersion,
    treatMissingKeysAs: 'TemporaryFailure',
    invocationId,
    results: [{ taskId: id, resultCode, resultString: shortened(result, LONGEST) }],
  };
}

function codeOf(error: unknown): S3BatchResultResultCode {
  const isFinal = error instanceof HttpException && error.statusCode < 500 && !AGAIN.has(error.statusCode);
  return isFinal ? 'PermanentFailure' : 'TemporaryFailure';
}

/** Request Timeout, Too Early and Too Many Requests. */
const AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Returns the text for the report: data by the rules of responses, so without what `@Exclude()` hides.
 *
 * @throws Error for a failure: the report would call it a success.
 */
function reported(value: unknown, write: WriteData): string {
  const failure = value instanceof Error ? value : rejectedIn(value, 'The method for a task of S3 Batch Operations');
  if (failure) throw failure;
  if (typeof value === 'object' && value !== null) return write(value);
  return value === undefined || value === null ? '' : String(value);
}
