import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { MalformedEventError } from '../errors/malformed-event-error.js';
import { isJsonObject } from '../shared/json-values.js';
import { messageOf } from '../shared/thrown.js';
import { textAt } from './reading/malformed-event.js';

/** For `@OnEvent`: matches log lines of a CloudWatch Logs subscription; {@link decodeCloudWatchLogs} unpacks them. */
export function isCloudWatchLogs(event: unknown): event is CloudWatchLogsEvent {
  return isJsonObject(event) && isJsonObject(event['awslogs']) && typeof event['awslogs']['data'] === 'string';
}

/**
 * Unpacks the log lines of a subscription.
 *
 * @param event The event, or the bytes of a record if the subscription goes to Kinesis.
 * @throws MalformedEventError if it is not gzipped JSON, or is larger than 64 MB unpacked.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
export async function decodeCloudWatchLogs(
  event: CloudWatchLogsEvent | Uint8Array,
): Promise<CloudWatchLogsDecodedData> {
  const packed =
    event instanceof Uint8Array ? event : Buffer.from(textAt({ ...event.awslogs }, 'data', 'awslogs'), 'base64');
  try {
    return JSON.parse((await unzipped(packed)).toString('utf8')) as CloudWatchLogsDecodedData;
  } catch (error) {
    const where = event instanceof Uint8Array ? 'The content of the record' : 'awslogs.data';
    throw new MalformedEventError(`${where} should be gzipped JSON: ${messageOf(error)}`, { cause: error });
  }
}

// Anyone who can write log lines can write some that compress to a thousandth of their size.
const MAX_BYTES = 64 * 1024 * 1024;

async function unzipped(packed: Uint8Array): Promise<Buffer> {
  // Loaded on first use, because every module adds to the cold start.
  const { gunzip } = await import('node:zlib');
  return new Promise((resolve, reject) =>
    gunzip(packed, { maxOutputLength: MAX_BYTES }, (error, text) => (error ? reject(error) : resolve(text))),
  );
}
