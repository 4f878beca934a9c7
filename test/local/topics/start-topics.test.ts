import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { SNSEvent } from 'aws-lambda';
import { type LocalTopics, type Publisher, startTopics } from '../../../src/local/topics/start-topics.js';

const taken: { from: Publisher; event: object }[] = [];
let topics: LocalTopics;
let sns: SNSClient;
let eventBridge: EventBridgeClient;

beforeAll(async () => {
  topics = await startTopics({ onEvent: (from, event) => taken.push({ from, event }), terminal: console });
  topics.create({ kind: 'topic', name: 'news' });
  topics.create({ kind: 'topic', name: 'bills.fifo' });
  topics.create({ kind: 'bus', name: 'shop' });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const config = { endpoint: topics.endpoint, region: 'local', credentials, maxAttempts: 1 };
  sns = new SNSClient(config);
  eventBridge = new EventBridgeClient(config);
});

beforeEach(() => void taken.splice(0));

afterAll(async () => {
  sns.destroy();
  eventBridge.destroy();
  await topics.close();
});

const arnOf = (topic: string) => `arn:aws:sns:us-east-1:123456789012:${topic}`;
const recordsOf = () => taken.flatMap(({ event }) => (event as SNSEvent).Records.map(({ Sns }) => Sns));

describe('a topic', () => {
  const TopicArn = arnOf('news');

  test('turns a message into the event of a notification', async () => {
    const Message = '<a>&amp; "ü"\n+%';
    const MessageAttributes = {
      type: { DataType: 'String', StringValue: 'placed & paid' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
    };
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message, Subject: 'Hi', MessageAttributes }));
    expect(taken[0]!.from).toEqual({ kind: 'topic', name: 'news' });
    expect(recordsOf()).toEqual([
      expect.objectContaining({
        MessageId,
        TopicArn,
        Message,
        Subject: 'Hi',
        MessageAttributes: {
          type: { Type: 'String', Value: 'placed & paid' },
          bytes: { Type: 'Binary', Value: 'AQI=' },
        },
      }),
    ]);
  });

  test('takes or refuses each message of a batch', async () => {
    const entries = ['a', '', 'b'].map((Message, index) => ({ Id: `m${index}`, Message }));
    const { Successful, Failed } = await sns.send(
      new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }),
    );
    expect(Successful!.map(({ Id }) => Id)).toEqual(['m0', 'm2']);
    expect(Failed).toEqual([
      { Id: 'm1', Code: 'InvalidParameter', Message: 'Invalid parameter: Empty message', SenderFault: true },
    ]);
    expect(recordsOf().map(({ Message, MessageId }) => [Message, MessageId])).toEqual([
      ['a', Successful![0]!.MessageId],
      ['b', Successful![1]!.MessageId],
    ]);
    expect(recordsOf()[0]).not.toHaveProperty('Subject');
  });

  test('keeps the order of ten messages', async () => {
    const entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), Message: `m${index}` }));
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries }));
    expect(recordsOf().map(({ Message }) => Message)).toEqual(entries.map(({ Message }) => Message));
  });

  test.each([
    ['of another name', { TopicArn: arnOf('new'), Message: 'a' }, 'NotFound', /no topic "new", the topics are: news/],
    [
      'of a long message with an attribute',
      {
        TopicArn,
        Message: 'x'.repeat(262_140),
        MessageAttributes: { shop: { DataType: 'String', StringValue: 'Zoë' } },
      },
      'InvalidParameter',
      /Message too long/,
    ],
    ['of too long a message', { TopicArn, Message: 'x'.repeat(262_145) }, 'InvalidParameter', /Message too long/],
    ['in FIFO without a group', { TopicArn: arnOf('bills.fifo'), Message: 'a' }, 'InvalidParameter', /MessageGroupId/],
  ])('refuses a message %s', async (_what, input, name, message) => {
    const error = await sns.send(new PublishCommand(input)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(message) as string });
    expect((error as Error).name).toMatch(new RegExp(`^${name}(Exception)?$`));
    expect(taken).toEqual([]);
  });

  test.each([
    [[], 'EmptyBatchRequest'],
    [Array.from({ length: 11 }, (_, index) => ({ Id: String(index), Message: 'm' })), 'TooManyEntriesInBatchRequest'],
    [['1', '1'].map((Id) => ({ Id, Message: 'm' })), 'BatchEntryIdsNotDistinct'],
    [['1', '2'].map((Id) => ({ Id, Message: 'x'.repeat(140_000) })), 'BatchRequestTooLong'],
  ])('refuses the batch %#', async (entries, name) => {
    const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: entries });
    await expect(sns.send(batch)).rejects.toThrow(
      expect.objectContaining({ name: expect.stringContaining(name) as string }) as Error,
    );
    expect(taken).toEqual([]);
  });

  test('in FIFO numbers its messages', async () => {
    const message = { TopicArn: arnOf('bills.fifo'), Message: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' };
    expect((await sns.send(new PublishCommand(message))).SequenceNumber).toMatch(/^\d+$/);
  });
});

describe('a bus', () => {
  const entry = { Source: 'shop.orders', DetailType: 'OrderPlaced', EventBusName: 'shop' };

  test('turns an entry into the event of a rule', async () => {
    const Detail = '{"id":"ü"}';
    const { Entries, FailedEntryCount } = await eventBridge.send(
      new PutEventsCommand({ Entries: [{ ...entry, Detail, Resources: ['arn:a'] }] }),
    );
    expect(FailedEntryCount).toBe(0);
    expect(taken).toEqual([
      {
        from: { kind: 'bus', name: 'shop' },
        event: expect.objectContaining({
          id: Entries![0]!.EventId,
          source: 'shop.orders',
          'detail-type': 'OrderPlaced',
          detail: { id: 'ü' },
          resources: ['arn:a'],
        }) as object,
      },
    ]);
  });

  test('takes or refuses each entry', async () => {
    const { Entries, FailedEntryCount } = await eventBridge.send(
      new PutEventsCommand({
        Entries: [
          { ...entry, Detail: '{}', EventBusName: 'arn:aws:events:us-east-1:123456789012:event-bus/shop' },
          { ...entry, Detail: '[' },
          { ...entry, Detail: '{}', EventBusName: 'ship' },
          { ...entry, Detail: '{}', Source: '' },
          { Source: 'a', DetailType: 'b', Detail: '{}' },
        ],
      }),
    );
    expect(Entries!.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'ResourceNotFoundException',
      'InvalidArgument',
      'ResourceNotFoundException',
    ]);
    expect(Entries![2]!.ErrorMessage).toBe('There is no bus "ship", the buses are: shop.');
    expect(FailedEntryCount).toBe(4);
    expect(taken).toHaveLength(1);
  });
});

test.each([
  [{}, 'Action=CreateTopic&Name=a', 400, /<Code>NotFound<\/Code>|<Code>InvalidAction<\/Code>/],
  [{}, '__proto__.a=1&Action=constructor', 400, /<Code>InvalidAction<\/Code>/],
  [{}, 'Action=Publish&TopicArn.x=1', 400, /TopicArn is missing/],
  [{ 'x-amz-target': 'AWSEvents.ListRules' }, '{}', 400, /UnknownOperationException/],
  [{ 'x-amz-target': 'AWSEvents.PutEvents' }, 'no JSON', 400, /ValidationException/],
  [{ origin: 'https://example.com' }, 'Action=Publish', 403, /web pages/],
])('refuses the request %j %s', async (headers, body, status, text) => {
  const response = await fetch(topics.endpoint, { method: 'POST', headers: headers as Record<string, string>, body });
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(text);
  expect(taken).toEqual([]);
});
