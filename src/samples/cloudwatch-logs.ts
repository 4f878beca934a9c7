import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from 'aws-lambda';

/**
 * Builds the event of a log group's subscription, with the lines packed. Text is a line as it is; other values become
 * JSON.
 */
export function sampleCloudWatchLogs(
  logGroup = '/aws/lambda/orders',
  lines: readonly unknown[] = ['A line'],
): CloudWatchLogsEvent {
  const timestamp = Date.now();
  const data: CloudWatchLogsDecodedData = {
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup,
    logStream: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    subscriptionFilters: ['everything'],
    logEvents: lines.map((line) => ({
      id: randomUUID(),
      timestamp,
      message: typeof line === 'string' ? line : JSON.stringify(line),
    })),
  };
  return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } };
}
