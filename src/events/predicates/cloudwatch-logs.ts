import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';
import { isRecord } from '../is-record.js';

/** For `@OnEvent`: log lines of a subscription of CloudWatch Logs; {@link decodeCloudWatchLogs} unpacks them. */
export function isCloudWatchLogs(event: unknown): event is CloudWatchLogsEvent {
  return isRecord(event) && isRecord(event['awslogs']) && typeof event['awslogs']['data'] === 'string';
}

/**
 * Unpacks the log lines of a subscription.
 *
 * @param event The event; or the bytes of a record, where the subscription goes to Kinesis.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 * @throws Error when it is no gzip of JSON.
 */
export async function decodeCloudWatchLogs(event: CloudWatchLogsEvent | Uint8Array): Promise<CloudWatchLogsDecodedData> {
  const packed = event instanceof Uint8Array ? event : Buffer.from(event.awslogs.data, 'base64');
  return JSON.parse((await unzipped(packed)).toString('utf8')) as CloudWatchLogsDecodedData;
}

async function unzipped(packed: Uint8Array): Promise<Buffer> {
  // Loaded by those who need it: a cold start pays for every module.
  const { gunzip } = await import('node:zlib');
  return new Promise((resolve, reject) => gunzip(packed, (error, text) => (error ? reject(error) : resolve(text))));
}
