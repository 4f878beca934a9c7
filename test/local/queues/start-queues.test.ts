import { EventEmitter, once } from 'node:events';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type LocalQueues, type QueuesOptions, startQueues } from '../../../src/local/queues/start-queues.js';
import { rawRequest } from '../raw-request.js';

let queues: LocalQueues;
let client: SQSClient;
let printed: string[] = [];
/** What the handler was given, an event a batch. */
let received: SQSEvent[] = [];

async function start(options: Partial<QueuesOptions> = {}): Promise<void> {
  printed = [];
  received = [];
  const terminal = {
    log: () => undefined,
    error: (...parts: unknown[]) => void printed.push(parts.map(String).join(' ')),
  };
  queues = await startQueues({ names: ['orders', 'orders.fifo'], visibilityTimeout: 0.02, terminal, ...options });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: queues.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
}

afterEach(async () => {
  client?.destroy();
  await queues?.close();
});

type Outcome = SQSBatchResponse | string | undefined;

/** Takes the events down, and answers as told, for the first batch, the second, and so on. */
function deliver(...outcomes: ((event: SQSEvent) => Outcome)[]): void {
  queues.deliverTo(async (event: SQSEvent) => {
    received.push(event);
    return outcomes[received.length - 1]?.(event);
  });
}

function failing(poison: string): (event: SQSEvent) => SQSBatchResponse {
  return ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === poison).map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  });
}

function send(MessageBody: string, input: Partial<SendMessageCommandInput> = {}, queue = 'orders') {
  return client.send(new SendMessageCommand({ QueueUrl: queues.urlOf(queue), MessageBody, ...input }));
}

function sendInGroup(MessageBody: string, MessageGroupId: string) {
  return send(MessageBody, { MessageGroupId, MessageDeduplicationId: MessageBody }, 'orders.fifo');
}

/** The bodies of each batch. */
function bodies(): string[][] {
  return received.map(({ Records }) => Records.map(({ body }) => body));
}

function receiveCounts(): string[][] {
  return received.map(({ Records }) => Records.map(({ attributes }) => attributes.ApproximateReceiveCount));
}

/** What the SDK makes of a refusal. */
async function refusal(
  request: Promise<unknown>,
): Promise<{ name: string; code: unknown; message: string; status: unknown }> {
  const error = await request.then(
    () => {
      throw new Error('It was not refused');
    },
    (reason: Error & { Code?: string; $metadata?: { httpStatusCode?: number } }) => reason,
  );
  return { name: error.name, code: error.Code, message: error.message, status: error.$metadata?.httpStatusCode };
}

test('what is sent while deliveries are held waits for the next deliverTo', async () => {
  await start();
  deliver();
  await send('first');
  await queues.idle();
  queues.hold();
  await send('second');
  expect(bodies()).toEqual([['first']]);
  deliver();
  await queues.idle();
  expect(bodies()).toEqual([['first'], ['second']]);
});

test('waiting for empty queues ends where nothing takes their messages any more', async () => {
  await start();
  deliver();
  await send('first', { DelaySeconds: 60 });
  const waiting = queues.idle();
  queues.hold();
  await expect(waiting).rejects.toThrow('call deliverTo() before idle()');
  deliver();
  const closing = queues.idle();
  await queues.close();
  await closing;
  await queues.idle();
});

describe('a message', () => {
  test('arrives as the event that Lambda gets, with all that was sent', async () => {
    await start();
    deliver();
    const MessageAttributes = {
      shop: { DataType: 'String', StringValue: 'Zoë' },
      'count.int': { DataType: 'Number.int', StringValue: '2' },
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 128) },
    };
    const MessageSystemAttributes = { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2-3' } } as const;
    const sent = await send('{"id":"é"}', { MessageAttributes, MessageSystemAttributes });
    await queues.idle();
    expect(received).toEqual([
      {
        Records: [
          {
            messageId: sent.MessageId,
            receiptHandle: expect.any(String),
            body: '{"id":"é"}',
            attributes: {
              ApproximateReceiveCount: '1',
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: expect.any(String),
              AWSTraceHeader: 'Root=1-2-3',
            },
            messageAttributes: {
              shop: { stringValue: 'Zoë', stringListValues: [], binaryListValues: [], dataType: 'String' },
              'count.int': { stringValue: '2', stringListValues: [], binaryListValues: [], dataType: 'Number.int' },
              bytes: { binaryValue: 'AP+A', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
            },
            md5OfBody: sent.MD5OfMessageBody,
            md5OfMessageAttributes: sent.MD5OfMessageAttributes,
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:orders',
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
  });

  test('sent before the application takes any is delivered when it does', async () => {
    await start();
    await send('early');
    expect(received).toEqual([]);
    deliver();
    await queues.idle();
    expect(bodies()).toEqual([['early']]);
  });

  test('with a delay comes after it, and after one that was sent later', async () => {
    await start();
    deliver();
    await send('late', { DelaySeconds: 1 });
    await send('now');
    await queues.idle();
    expect(bodies()).toEqual([['now'], ['late']]);
  });

  // The digests that clients compare, as the tests of other implementations have them from AWS.
  test.each([
    [{ timestamp: { DataType: 'Number', StringValue: '1493147359900' } }, '235c5c510d26fb653d073faed50ae77c'],
    [{ timestamp: { DataType: 'Number', StringValue: '1493147359901' } }, '994258b45346a2cc3f9cbb611aa7af30'],
    [
      {
        ccc: { DataType: 'String', StringValue: 'testjunk' },
        aaa: { DataType: 'Binary', BinaryValue: Uint8Array.of(2, 3, 4) },
        zzz: { DataType: 'Number', StringValue: '0230.01' },
        öther_encodings: { DataType: 'String', StringValue: 'T\u00fcst' },
      },
      '8ae21a7957029ef04146b42aeaa18a22',
    ],
  ])('with the attributes %j has the digest that AWS computes', async (MessageAttributes, digest) => {
    await start();
    const sent = await send('This is a test message', { MessageAttributes });
    expect([sent.MD5OfMessageBody, sent.MD5OfMessageAttributes]).toEqual(['fafb00f5732ab283681e124bf8747ed1', digest]);
  });
});

describe('a batch', () => {
  test('has what waits, up to its size, one batch after the other', async () => {
    await start({ batchSize: 2 });
    for (const body of ['a', 'b', 'c']) await send(body);
    deliver();
    await queues.idle();
    expect(bodies()).toEqual([['a', 'b'], ['c']]);
  });

  test('is what one request sent, but for the entries that were refused', async () => {
    await start();
    deliver();
    const Entries = [
      { Id: 'one', MessageBody: 'a' },
      { Id: 'two', MessageBody: 'b', DelaySeconds: 901 },
      { Id: 'three', MessageBody: 'c' },
    ];
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: queues.urlOf('orders'), Entries }),
    );
    await queues.idle();
    expect(bodies()).toEqual([['a', 'c']]);
    expect(Successful?.map(({ Id, MessageId }) => [Id, MessageId])).toEqual([
      ['one', received[0]?.Records[0]?.messageId],
      ['three', received[0]?.Records[1]?.messageId],
    ]);
    expect(Failed).toEqual([
      { Id: 'two', SenderFault: true, Code: 'InvalidParameterValue', Message: expect.stringContaining('DelaySeconds') },
    ]);
  });

  test('never has more bytes than Lambda takes', async () => {
    await start();
    for (let count = 0; count < 7; count += 1) await send('x'.repeat(1024 * 1024));
    deliver();
    await queues.idle();
    expect(bodies().map(({ length }) => length)).toEqual([5, 2]);
  });
});

describe('what fails', () => {
  test('comes again alone, counted, and then is done', async () => {
    await start();
    for (const body of ['a', 'b', 'c']) await send(body);
    deliver(failing('b'));
    await queues.idle();
    expect(bodies()).toEqual([['a', 'b', 'c'], ['b']]);
    expect(receiveCounts()).toEqual([['1', '1', '1'], ['2']]);
    expect(received[1]?.Records[0]?.messageId).toBe(received[0]?.Records[1]?.messageId);
    expect([queues.deadLetters, printed]).toEqual([[], []]);
  });

  test('three times becomes a dead letter, which is printed', async () => {
    await start();
    deliver(failing('poison'), failing('poison'), failing('poison'));
    await send('poison');
    await queues.idle();
    expect(receiveCounts()).toEqual([['1'], ['2'], ['3']]);
    expect(queues.deadLetters).toEqual([received[2]?.Records[0]]);
    expect(printed).toEqual([
      `Queue orders: message ${received[0]?.Records[0]?.messageId} has failed 3 times and is now a dead letter: poison`,
    ]);
  });

  test('by an error comes again as a whole', async () => {
    await start();
    for (const body of ['a', 'b']) await send(body);
    deliver(() => {
      throw new Error('The database is away');
    });
    await queues.idle();
    expect(bodies()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(printed).toEqual([
      'Queue orders: a batch of 2 messages failed because the function failed Error: The database is away',
    ]);
  });

  test('for want of time comes again as a whole', async () => {
    await start({ timeout: 0.02, maxReceiveCount: 1 });
    queues.deliverTo(() => new Promise(() => undefined));
    await send('slow');
    await queues.idle();
    expect(queues.deadLetters.map(({ body }) => body)).toEqual(['slow']);
    expect(printed[0]).toContain('the function timed out after 0.02 s');
  });

  // The Lambda guide, "Handling errors for an SQS event source": success and failure conditions.
  test.each<[string, unknown, number]>([
    ['nothing', undefined, 1],
    ['null', null, 1],
    ['an empty object', {}, 1],
    ['an empty list', { batchItemFailures: [] }, 1],
    ['null for the list', { batchItemFailures: null }, 1],
    ['something that is no list', { batchItemFailures: 'none' }, 2],
    ['an empty name', { batchItemFailures: [{ itemIdentifier: '' }] }, 2],
    ['null for a name', { batchItemFailures: [{ itemIdentifier: null }] }, 2],
    ['a misspelt key', { batchItemFailures: [{ itemIdentifer: 'a' }] }, 2],
    ['a name that no message has', { batchItemFailures: [{ itemIdentifier: 'unknown' }] }, 2],
    ['text', 'done', 2],
  ])('is told by the result: %s', async (_name, result, batches) => {
    await start();
    for (const body of ['a', 'b']) await send(body);
    let calls = 0;
    queues.deliverTo(async () => {
      calls += 1;
      return calls === 1 ? result : undefined;
    });
    await queues.idle();
    expect([calls, printed.length]).toEqual([batches, batches - 1]);
  });

  test('comes back as one batch, however the clock ticks', async () => {
    await start();
    for (const body of ['a', 'b']) await send(body);
    let now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 5));
    const sizes: number[] = [];
    queues.deliverTo(async ({ Records }: SQSEvent) => {
      sizes.push(Records.length);
      return sizes.length === 1 ? 'not understood' : undefined;
    });
    await queues.idle();
    clock.mockRestore();
    expect(sizes).toEqual([2, 2]);
  });
});

describe('a FIFO queue', () => {
  test('keeps a group in order behind a message that fails, and other groups go on', async () => {
    await start({ batchSize: 1 });
    for (const [body, group] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      await sendInGroup(body, group);
    deliver(failing('a1'));
    await queues.idle();
    expect(bodies()).toEqual([['a1'], ['b1'], ['a1'], ['a2']]);
  });

  test('goes on with a group when its message was given up', async () => {
    await start({ batchSize: 1, maxReceiveCount: 1 });
    await sendInGroup('a1', 'a');
    await sendInGroup('a2', 'a');
    deliver(failing('a1'));
    await queues.idle();
    expect([bodies(), queues.deadLetters.length]).toEqual([[['a1'], ['a2']], 1]);
  });

  test('gives messages their group, their place and their deduplication id', async () => {
    await start();
    deliver();
    const first = await sendInGroup('a1', 'a');
    const second = await sendInGroup('a2', 'a');
    await queues.idle();
    const [record] = received[0]!.Records;
    expect(record?.attributes).toMatchObject({
      MessageGroupId: 'a',
      MessageDeduplicationId: 'a1',
      SequenceNumber: first.SequenceNumber,
    });
    expect(BigInt(second.SequenceNumber!)).toBeGreaterThan(BigInt(first.SequenceNumber!));
  });

  test('takes a message once that is sent twice', async () => {
    await start();
    deliver();
    const sent = [await sendInGroup('a1', 'a'), await sendInGroup('a1', 'a')];
    await queues.idle();
    expect(sent[1]?.MessageId).toBe(sent[0]?.MessageId);
    expect(bodies()).toEqual([['a1']]);
  });

  test('knows a message by its body where it is told to', async () => {
    await start({ contentBasedDeduplication: true });
    deliver();
    for (const body of ['a', 'a', 'b']) await send(body, { MessageGroupId: 'g' }, 'orders.fifo');
    await queues.idle();
    expect(bodies().flat()).toEqual(['a', 'b']);
  });
});

describe('a refusal', () => {
  const long = 'x'.repeat(1024 * 1024 + 1);

  test.each<[string, () => Promise<unknown>, string, string]>([
    ['without a body', () => send(''), 'MissingParameter', 'MessageBody'],
    ['that is too long', () => send(long), 'InvalidParameterValue', 'Message must be shorter than 1048576 bytes'],
    [
      'that is too long with its attributes',
      () => send(long.slice(1), { MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } } }),
      'InvalidParameterValue',
      'shorter',
    ],
    ['with a delay of a fraction', () => send('a', { DelaySeconds: 0.5 }), 'InvalidParameterValue', 'DelaySeconds'],
    [
      'with a delay, to a FIFO queue',
      () => send('a', { MessageGroupId: 'g', DelaySeconds: 1 }, 'orders.fifo'),
      'InvalidParameterValue',
      'FIFO',
    ],
    ['without a group, to a FIFO queue', () => send('a', {}, 'orders.fifo'), 'MissingParameter', 'MessageGroupId'],
    [
      'without a deduplication id, to a FIFO queue',
      () => send('a', { MessageGroupId: 'g' }, 'orders.fifo'),
      'InvalidParameterValue',
      'ContentBasedDeduplication',
    ],
    [
      'with a deduplication id, to another queue',
      () => send('a', { MessageDeduplicationId: 'd' }),
      'InvalidParameterValue',
      'MessageDeduplicationId',
    ],
    [
      'with an attribute of no known type',
      () => send('a', { MessageAttributes: { a: { DataType: 'Date', StringValue: 'b' } } }),
      'InvalidParameterValue',
      "'a'",
    ],
    [
      'with an attribute without a value',
      () => send('a', { MessageAttributes: { a: { DataType: 'Number' } } }),
      'InvalidParameterValue',
      "'a'",
    ],
  ])('of a message %s tells why', async (_name, request, code, message) => {
    await start();
    expect(await refusal(request())).toMatchObject({ code, message: expect.stringContaining(message), status: 400 });
  });

  test.each<[string, { Id: string; MessageBody: string }[]]>([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, index) => ({ Id: `m${index}`, MessageBody: 'a' }))],
    [
      'BatchEntryIdsNotDistinct',
      [
        { Id: 'a', MessageBody: 'a' },
        { Id: 'a', MessageBody: 'b' },
      ],
    ],
    ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'a' }]],
    [
      'BatchRequestTooLong',
      [
        { Id: 'a', MessageBody: long.slice(1) },
        { Id: 'b', MessageBody: 'b' },
      ],
    ],
  ])('of a whole batch is %s', async (name, Entries) => {
    await start();
    deliver();
    const request = client.send(new SendMessageBatchCommand({ QueueUrl: queues.urlOf('orders'), Entries }));
    expect(await refusal(request)).toMatchObject({ name, code: `AWS.SimpleQueueService.${name}`, status: 400 });
    expect(received).toEqual([]);
  });

  test('of a queue that is not there names those that are', async () => {
    await start();
    const url = queues.urlOf('orders').replace('orders', 'order');
    expect(await refusal(client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'a' })))).toEqual({
      name: 'QueueDoesNotExist',
      code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist: there is no queue "order", the queues are: orders, orders.fifo.',
      status: 400,
    });
  });

  test('of an action that is not there names those that are', async () => {
    await start();
    const error = await refusal(client.send(new ReceiveMessageCommand({ QueueUrl: queues.urlOf('orders') })));
    expect(error).toMatchObject({ code: 'InvalidAction', message: expect.stringContaining('SendMessageBatch') });
  });

  test.each<[string, string[], string]>([
    ['the older query protocol', [], 'Action=ListQueues'],
    ['the action of another service', ['X-Amz-Target', 'DynamoDB_20120810.PutItem'], '{}'],
    ['an action that every object has', ['X-Amz-Target', 'AmazonSQS.toString'], '{}'],
    ['no JSON', ['X-Amz-Target', 'AmazonSQS.ListQueues'], '{"a"'],
    ['no object', ['X-Amz-Target', 'AmazonSQS.ListQueues'], 'null'],
    [
      'attributes that are none',
      ['X-Amz-Target', 'AmazonSQS.SendMessage'],
      '{"QueueUrl":"orders","MessageBody":"a","MessageAttributes":[]}',
    ],
    ['a body that is no text', ['X-Amz-Target', 'AmazonSQS.SendMessage'], '{"QueueUrl":"orders","MessageBody":1}'],
    ['a page in a browser', ['X-Amz-Target', 'AmazonSQS.ListQueues', 'Origin', 'https://example.com'], '{}'],
  ])('answers %s in the protocol', async (_name, headers, body) => {
    await start();
    const answer = await rawRequest(queues.endpoint, { method: 'POST', headers, body });
    const error = {
      __type: expect.stringMatching(/^com\.amazon.*#InvalidParameter|UnknownOperation/),
      message: expect.any(String),
    };
    expect([answer.status, JSON.parse(answer.text)]).toEqual([400, error]);
  });
});

describe('queues', () => {
  test('are found, told about and made', async () => {
    await start();
    await send('waits');
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
    expect(QueueUrl).toBe(queues.urlOf('orders'));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toEqual({
      QueueArn: 'arn:aws:sqs:us-east-1:123456789012:orders',
      ApproximateNumberOfMessages: '1',
    });
    deliver();
    await client.send(
      new CreateQueueCommand({
        QueueName: 'late.fifo',
        Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      }),
    );
    await send('made', { MessageGroupId: 'g' }, 'late.fifo');
    await queues.idle();
    expect(bodies().flat()).toEqual(['waits', 'made']);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'late' }))).QueueUrls).toEqual([
      queues.urlOf('late.fifo'),
    ]);
  });

  test('deliver what a consumer sends, too', async () => {
    await start({ names: ['first', 'second'] });
    queues.deliverTo(async (event: SQSEvent) => {
      received.push(event);
      if (event.Records[0]?.eventSourceARN.endsWith('first')) await send('on', {}, 'second');
    });
    await send('start', {}, 'first');
    await queues.idle();
    expect(bodies()).toEqual([['start'], ['on']]);
  });

  test('finish what is under way before close() resolves, and deliver nothing after', async () => {
    await start({ batchSize: 1 });
    const handler = new EventEmitter();
    const steps: string[] = [];
    queues.deliverTo(async () => {
      handler.emit('call');
      await once(handler, 'go');
      steps.push('done');
    });
    const called = once(handler, 'call');
    await send('a');
    await send('b');
    await called;
    const closed = queues.close().then(() => steps.push('closed'));
    handler.emit('go');
    await closed;
    expect(steps).toEqual(['done', 'closed']);
  });

  test.each<[Partial<QueuesOptions>, RegExp]>([
    [{ names: undefined } as never, /startQueues\(\) needs names: \['orders'\]/],
    [{ names: ['a queue'] }, /"a queue" is not valid/],
    [{ names: ['x'.repeat(81)] }, /1 to 80/],
    [{ names: [], queue: 'a' } as never, /Unknown in startQueues\(\): queue/],
    [{ batchSize: 0 }, /batchSize is 0; it takes a whole number from 1/],
    [{ maxReceiveCount: 1.5 }, /maxReceiveCount is 1.5; it takes a whole number from 1/],
    [{ visibilityTimeout: Number.NaN }, /visibilityTimeout is NaN; it takes seconds above 0/],
  ])('are refused with %j', async (options, message) => {
    await expect(startQueues({ names: [], ...options })).rejects.toThrow(message);
  });

  test('say that a name is unknown, that a handler is missing, and that nobody takes messages', async () => {
    await start();
    expect(() => queues.urlOf('order')).toThrow('there is no queue "order", the queues are: orders, orders.fifo');
    expect(() => queues.deliverTo({} as never)).toThrow('found no handler');
    await send('a');
    await expect(queues.idle()).rejects.toThrow('call deliverTo() before idle()');
  });
});
