// µs per record of an SQS batch.
import assert from 'node:assert/strict';
import { lambdaContext } from '../../lambda-context.mjs';
import { microsecondsPerCall } from '../../measure/repeat.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, size, timing } = readInput();
const { handler } = await import(bundle);
const text = JSON.stringify({ Records: Array.from({ length: size }, (_, index) => message(index)) });
assert.deepEqual(await handler(JSON.parse(text), lambdaContext()), { batchItemFailures: [] });

async function serve(count) {
  for (let index = 0; index < count; index++) JSON.stringify(await handler(JSON.parse(text), lambdaContext()));
}

report((await microsecondsPerCall(serve, timing)) / size);

function message(index) {
  return {
    messageId: `059f36b4-87a3-44ab-83d2-${String(index).padStart(12, '0')}`,
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: JSON.stringify({ id: `ord_${index}`, quantity: index % 7 }),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '1772446530123',
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: '1772446530124',
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:orders',
    awsRegion: 'eu-central-1',
  };
}
