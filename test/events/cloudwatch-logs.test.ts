import { gzipSync } from 'node:zlib';
import { decodeCloudWatchLogs } from '../../src/events/cloudwatch-logs.js';

const data = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: '2026/11/23/[$LATEST]abc',
  subscriptionFilters: ['errors'],
  logEvents: [{ id: '1', timestamp: 1_700_000_000_000, message: 'naïve\n' }],
};

describe('decodeCloudWatchLogs', () => {
  const packed = gzipSync(JSON.stringify(data));

  it('unpacks the lines of an event', async () => {
    await expect(decodeCloudWatchLogs({ awslogs: { data: packed.toString('base64') } })).resolves.toEqual(data);
  });

  it('unpacks the bytes of a record of Kinesis', async () => {
    await expect(decodeCloudWatchLogs(packed)).resolves.toEqual(data);
  });

  it.each([
    ['no gzip', Buffer.from('hello'), 'incorrect header check'],
    ['half of one', packed.subarray(0, 40), 'unexpected end of file'],
    ['no JSON', gzipSync('hello'), 'JSON'],
  ])('rejects what is %s', async (_, bytes, message) => {
    await expect(decodeCloudWatchLogs(bytes)).rejects.toThrow(message);
  });
});
