import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectHttpAdapter } from '../../../src/events/detection/all-http-adapters.js';
import { detectRecordAdapters } from '../../../src/events/detection/record-adapters.js';
import { deliver, deliverUsage, parseDelivery } from '../../../src/local/deliver/deliver.js';
import { SAMPLE_SOURCES } from '../../../src/local/deliver/sample-sources.js';
import { closeServer, listen } from '../../../src/local/listen.js';
import { serve } from '../../../src/local/serve.js';
import { events } from '../../../src/testing/events.js';

function eventOf(...argv: string[]): unknown {
  return parseDelivery(argv).event;
}

/** The records of an event as consumers would be given them. */
function recordsOf(event: unknown): { source: string; attributes: object; content: unknown }[] {
  const [adapter] = detectRecordAdapters(event);
  return adapter!
    .decode(event)
    .map(({ attributes, content }) => ({ source: adapter!.source, attributes, content: content() }));
}

function requestOf(event: unknown) {
  return detectHttpAdapter(event)!.decode(event, {});
}

test('a function is named where several run', () => {
  expect(parseDelivery(['schedule', '--function', 'jobs'])).toMatchObject({
    functionName: 'jobs',
    url: 'http://localhost:3000',
  });
  expect(parseDelivery(['schedule'])).not.toHaveProperty('functionName');
});

describe('--print', () => {
  test('prints the event that would be sent, and sends nothing', async () => {
    const printed: string[] = [];
    const terminal = { log: (text: string) => printed.push(text), error: (text: string) => printed.push(text) };
    expect(await deliver(['v2', '--path', '/bills?of=may', '--print'], terminal)).toBe(true);
    const [request] = printed.map((text) => requestOf(JSON.parse(text)));
    expect([printed.length, request!.path, request!.queryString()]).toEqual([1, '/bills', 'of=may']);
  });

  test.each([
    [['--url', 'http://localhost:4000'], '--url'],
    [['--function', 'jobs'], '--function'],
  ])('is refused with %j', (flags, named) => {
    expect(() => parseDelivery(['sqs', '--print', ...flags])).toThrow(`cannot be combined with ${named}.`);
  });
});

describe('a sample event', () => {
  test.each(Object.keys(SAMPLE_SOURCES))('of %s is one that the framework takes, without a flag', (source) => {
    const event = eventOf(source);
    expect(detectHttpAdapter(event) ?? detectRecordAdapters(event)[0]).toEqual(
      expect.objectContaining({ source: expect.any(String) }),
    );
  });

  test('is there for each builder of the test kit but those of triggers, which --file sends', () => {
    const triggers = ['cognito', 'appSync', 'cloudWatchLogs', 'ses', 'customResource', 'iotAuthorizer', 's3Batch'];
    const kebab = Object.keys(events)
      .filter((name) => !triggers.includes(name))
      .map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
    const names: Record<string, string> = {
      'api-gateway-v1': 'v1',
      'http-api-v1': 'http-v1',
      'api-gateway-v2': 'v2',
      'alb-multi-value': 'alb-multi',
      'sns-envelope': 'sns-in-sqs',
      'dynamo-db': 'dynamodb',
      'event-bridge': 'eventbridge',
      's3-event-bridge': 's3-eventbridge',
      'web-socket': 'websocket',
      'authorizer-app-sync': 'authorizer-appsync',
    };
    expect(Object.keys(SAMPLE_SOURCES).toSorted()).toEqual(kebab.map((name) => names[name] ?? name).toSorted());
  });

  test.each([
    [['sqs', 'bills'], { queue: 'bills' }],
    [['schedule', 'nightly-report'], { rule: 'nightly-report' }],
    [['dynamodb', 'bills'], { table: 'bills' }],
    [['kafka', 'clicks'], { topic: 'clicks' }],
    [['s3', 'photos'], expect.objectContaining({ bucket: 'photos' })],
  ])('takes its name from the word behind its source: %j', (argv, attributes) => {
    expect(recordsOf(eventOf(...argv))).toEqual([expect.objectContaining({ attributes })]);
  });

  test('of a schedule has the detail that is given', () => {
    const [record] = recordsOf(eventOf('schedule', 'daily', '--detail', '{"of":"day"}'));
    expect(record).toMatchObject({ attributes: { rule: 'daily' }, content: { of: 'day' } });
  });

  test.each<[string, string[], object]>([
    [
      'sqs',
      ['--queue', 'shipments', '--body', '{"orderId":"o1"}'],
      { source: 'sqs', attributes: { queue: 'shipments' }, content: '{"orderId":"o1"}' },
    ],
    [
      'sns',
      ['--topic', 'placed', '--body', 'text'],
      { source: 'sns', attributes: { topic: 'placed' }, content: 'text' },
    ],
    ['kinesis', ['--stream', 'clicks', '--body', 'é'], { attributes: { stream: 'clicks' }, content: Buffer.from('é') }],
    [
      'firehose',
      ['--stream', 'clicks', '--body', 'é'],
      { attributes: { stream: 'clicks' }, content: Buffer.from('é') },
    ],
    [
      'alarm',
      ['--alarm', 'errors', '--state', 'OK'],
      { attributes: { alarm: 'errors' }, content: { alarmName: 'errors', state: { value: 'OK' } } },
    ],
    [
      'dynamodb',
      ['--table', 't', '--keys', '{"id":"a"}', '--old-image', '{"id":"a","n":1}'],
      {
        attributes: { table: 't' },
        content: { eventName: 'REMOVE', keys: { id: 'a' }, oldImage: { id: 'a', n: 1 } },
      },
    ],
    [
      'eventbridge',
      ['--source', 'shop', '--detail-type', 'Placed', '--detail', '{"id":1}'],
      { attributes: { source: 'shop', detailType: 'Placed' }, content: { id: 1 } },
    ],
    [
      'schedule',
      ['--rule', 'hourly', '--time', '2026-03-02T00:10:00Z'],
      { attributes: { rule: 'hourly' }, content: {} },
    ],
    [
      's3',
      ['--bucket', 'b', '--key', 'a b.txt', '--event', 'ObjectRemoved:Delete'],
      { attributes: { bucket: 'b', event: 'ObjectRemoved:Delete' } },
    ],
    ['websocket', ['--route', 'chat', '--body', 'hello'], { attributes: { route: 'chat' }, content: 'hello' }],
  ])('of %s has what %j say', (source, flags, record) => {
    expect(recordsOf(eventOf(source, ...flags))[0]).toMatchObject(record);
  });

  test('of an alarm takes only states that there are', () => {
    expect(() => eventOf('alarm', '--state', 'alarm')).toThrow(
      '--state takes ALARM, OK, INSUFFICIENT_DATA, not "alarm".',
    );
  });

  test('of a schedule has the time that it was due at', () => {
    expect(eventOf('schedule', '--time', '2026-03-02T00:10:00Z')).toMatchObject({
      time: '2026-03-02T00:10:00Z',
      'detail-type': 'Scheduled Event',
    });
  });

  test('has a record for each body', () => {
    expect(recordsOf(eventOf('sqs', '--body', 'a', '--body=b')).map(({ content }) => content)).toEqual(['a', 'b']);
  });

  test('of a notification in a queue has the topic in the message', () => {
    const [record] = recordsOf(eventOf('sns-in-sqs', '--queue', 'q', '--topic', 'placed', '--body', 'text'));
    expect(record?.attributes).toEqual({ queue: 'q' });
    expect(JSON.parse(String(record?.content))).toMatchObject({
      Type: 'Notification',
      TopicArn: expect.stringMatching(/:placed$/),
      Message: 'text',
    });
  });

  test.each(['v1', 'v2', 'alb', 'lattice-v2'])('of %s is the request that the flags say', (source) => {
    const request = requestOf(
      eventOf(source, '--method', 'POST', '--path', '/orders?x=1', '--header', 'X-Api-Key: a:b', '--body', '{"n":1}'),
    );
    expect([request.method, request.path, [...request.queryPairs()], request.body()?.toString()]).toEqual([
      'POST',
      '/orders',
      [['x', '1']],
      '{"n":1}',
    ]);
    const headers = Object.fromEntries(request.headerPairs());
    expect([headers['x-api-key'], headers['content-type']]).toEqual(['a:b', 'application/json']);
  });

  test('keeps a content type that is said', () => {
    const headers = Object.fromEntries(
      requestOf(eventOf('v2', '--header', 'content-type: text/plain', '--body', 'a')).headerPairs(),
    );
    expect(headers['content-type']).toBe('text/plain');
  });
});

describe('a file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lambent-deliver-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, text: string): string {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  }

  test('is the whole event, with the name of a source beside it and without', () => {
    const file = write('event.json', '{"task":"price","Records":null}');
    expect(eventOf('--file', file)).toEqual({ task: 'price', Records: null });
    expect(eventOf('sqs', '--file', file)).toEqual({ task: 'price', Records: null });
  });

  test('that is not there, is no JSON, or is to be changed by a flag is refused', () => {
    expect(() => eventOf('--file', join(folder, 'missing.json'))).toThrow(/missing\.json cannot be read: ENOENT/);
    const broken = write('broken.json', '{"a"');
    expect(() => eventOf('--file', broken)).toThrow(/broken\.json is not valid JSON/);
    expect(() => eventOf('sqs', '--file', write('e.json', '{}'), '--queue', 'q')).toThrow(
      '--file gives the whole event and cannot be combined with --queue',
    );
  });
});

describe('a command line', () => {
  test.each<[string[], string]>([
    [[], 'Name a source, or a file with --file'],
    [['sqz'], 'There is no source "sqz"'],
    [['toString'], 'There is no source "toString"'],
    [['v2', 'sns'], 'Name one source only: "sns" is one too many'],
    [['sqs', 'orders', 'sns'], 'Name one source only: "sns" is one too many'],
    [['sqs', 'orders', '--queue', 'bills'], '"orders" is the value of --queue, which is given twice'],
    [['sqs', 'orders', '--file', 'event.json'], '--file gives the whole event and cannot be combined with --queue'],
    [['sqs', '--topic', 'a'], 'The source sqs does not take --topic'],
    [['sqs', '--qeue', 'a'], "Unknown option '--qeue'"],
    [['sqs', '--queue'], "Option '--queue <value>' argument missing"],
  ])('%j is refused with the reason and the usage', (argv, message) => {
    expect(() => parseDelivery(argv)).toThrow(message);
    expect(() => parseDelivery(argv)).toThrow(deliverUsage);
  });

  test.each<[string[], string]>([
    [['eventbridge', '--detail', '{'], '--detail is not valid JSON'],
    [['dynamodb', '--keys', '1'], '--keys takes a JSON object, not 1'],
    [['v2', '--header', 'x-api-key'], '--header takes a line such as "name: value", not "x-api-key"'],
  ])('%j is refused with the reason', (argv, message) => {
    expect(() => parseDelivery(argv)).toThrow(message);
  });
});

describe('delivering', () => {
  let printed: string[] = [];
  const terminal = {
    log: (text: string) => void printed.push(text),
    error: (text: string) => void printed.push(`error ${text}`),
  };
  beforeEach(() => {
    printed = [];
  });

  async function deliverTo(handler: (event: never) => unknown, ...argv: string[]): Promise<boolean> {
    const server = await serve(handler, { port: 0, quiet: true });
    try {
      return await deliver([...argv, '--url', server.url], terminal);
    } finally {
      await server.close();
    }
  }

  test('prints what the function answers', async () => {
    const answer = { batchItemFailures: [] };
    expect(await deliverTo(() => answer, 'sqs')).toBe(true);
    expect(printed.map((text) => JSON.parse(text) as unknown)).toEqual([answer]);
  });

  test('that leaves failed records has not gone well', async () => {
    expect(await deliverTo(() => ({ batchItemFailures: [{ itemIdentifier: 'm1' }] }), 'sqs')).toBe(false);
    expect(printed.join()).toContain('"m1"');
  });

  test('says that the function failed', async () => {
    expect(await deliverTo(() => Promise.reject(new RangeError('Out of stock')), 'sqs')).toBe(false);
    const [, error] = /^error The function failed: ([^]+)$/.exec(printed.join('')) ?? [];
    expect(JSON.parse(error!)).toEqual({ errorType: 'RangeError', errorMessage: 'Out of stock' });
  });

  test('prints the usage where it is asked for', async () => {
    expect(await deliver(['--help'], terminal)).toBe(true);
    expect(printed).toEqual([deliverUsage]);
  });

  test('says that nothing is listening, or something else than an application', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end('no such page'));
    const url = await listen(server, 0, '127.0.0.1');
    await expect(deliver(['sqs', '--url', url], terminal)).rejects.toThrow(
      `${url} did not accept the event. It responded with 404: no such page`,
    );
    await closeServer(server);
    await expect(deliver(['sqs', '--url', url], terminal)).rejects.toThrow(
      `Nothing is listening at ${url}: start the application`,
    );
    await expect(deliver(['sqs', '--url', 'nowhere'], terminal)).rejects.toThrow('--url takes a URL');
  });
});
