import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { isJsonObject } from '../shared/json-values.js';
import { MalformedEventError, textAt } from './reading/malformed-event.js';

/** For `@OnEvent`: log lines of a subscription of CloudWatch Logs; {@link decodeCloudWatchLogs} unpacks them. */
export function isCloudWatchLogs(event: unknown): event is CloudWatchLogsEvent {
  return isJsonObject(event) && isJsonObject(event['awslogs']) && typeof event['awslogs']['data'] === 'string';
}

/**
 * Unpacks the log lines of a subscription.
 *
 * @param event The event; or the bytes of a record, where the subscription goes to Kinesis.
 * @throws MalformedEventError when it is no gzip of JSON, or more than 64 MB of it.
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
    throw new MalformedEventError(`${where} should be JSON under gzip: ${(error as Error).message}`, { cause: error });
  }
}

// Whoever can write log lines can write such as shrink to a thousandth.
const MAX_BYTES = 64 * 1024 * 1024;

async function unzipped(packed: Uint8Array): Promise<Buffer> {
  // Loaded by those who need it: a cold start pays for every module.
  const { gunzip } = await import('node:zlib');
  return new Promise((resolve, reject) =>
    gunzip(packed, { maxOutputLength: MAX_BYTES }, (error, text) => (error ? reject(error) : resolve(text))),
  );
}
