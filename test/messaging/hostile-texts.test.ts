import 'reflect-metadata';
import fc from 'fast-check';
import { getEventBusToken, getQueueToken, getTopicToken } from '../../src/messaging/inject-destination.js';
import { MessagingModule } from '../../src/messaging/messaging-module.js';
import type { Publisher } from '../../src/messaging/publisher.js';
import type { InvalidMessageError } from '../../src/messaging/send-errors.js';
import type { QueueOptions } from '../../src/messaging/send-options.js';
import { createApp } from '../application/create-app.js';
import { type AwsWire, startWire } from './aws-wire.js';
import { OrderPlaced } from './order-placed.js';

// AWS refuses a request as a whole because of one text in it, and with it the messages of nine others.

let wire: AwsWire;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  environment = { ...process.env };
  wire = await startWire();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: wire.endpoint,
    NOTES_QUEUE_URL: `${wire.endpoint}/123456789012/notes`,
    BILLS_QUEUE_URL: `${wire.endpoint}/123456789012/bills.fifo`,
    NOTES_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:notes',
    BILLS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:bills.fifo',
    NOTES_BUS_NAME: 'notes',
  });
});
beforeEach(() => void wire.calls.splice(0));
afterAll(async () => {
  await wire.close();
  process.env = environment;
});

const TOKENS = {
  queue: getQueueToken('notes'),
  topic: getTopicToken('notes'),
  bus: getEventBusToken('notes'),
  'FIFO queue': getQueueToken('bills.fifo'),
  'FIFO topic': getTopicToken('bills.fifo'),
} as const;

type Kind = keyof typeof TOKENS;

async function publisherOf(kind: Kind): Promise<Publisher<object, QueueOptions>> {
  const declared = { 'bills.fifo': OrderPlaced, notes: OrderPlaced };
  const buses = { notes: { message: OrderPlaced, source: 'notes' } };
  const app = createApp({ imports: [MessagingModule.forRoot({ queues: declared, topics: declared, buses })] });
  await app.ready();
  return app.get<Publisher<object, QueueOptions>>(TOKENS[kind]);
}

const OF_KIND: Readonly<Record<Kind, QueueOptions>> = {
  queue: {},
  topic: {},
  bus: { type: 'noted' },
  'FIFO queue': { groupId: 'g', deduplicationId: 'd' },
  'FIFO topic': { groupId: 'g', deduplicationId: 'd' },
};

const LONG = 'x'.repeat(129);
const HOSTILE_IDS = ['a b', 'a\n', 'é', '\u0000', LONG, '\u{1f600}'];
const HOSTILE_TEXTS = ['a\u0000', '\u001b[31m', '\u000b', '\ufffe', '\uffff', '\ud800', 'a\udc00b'];
const HOSTILE_NAMES = ['', 'a b', 'AWS.x', 'aws.x', 'Amazon.x', '.a', 'a.', 'a..b', 'a\n', 'é', 'x'.repeat(257)];

const groups = HOSTILE_IDS.map((groupId): QueueOptions => ({ groupId }));
const ids = HOSTILE_IDS.map((deduplicationId): QueueOptions => ({ groupId: 'g', deduplicationId }));
const attributes = [
  ...HOSTILE_TEXTS.map((tenant): QueueOptions => ({ attributes: { tenant } })),
  ...HOSTILE_NAMES.map((name): QueueOptions => ({ attributes: { [name]: 'x' } })),
];
const types = HOSTILE_TEXTS.map((type): QueueOptions => ({ type }));

const HOSTILE: Readonly<Record<Kind, readonly QueueOptions[]>> = {
  queue: [...groups, ...attributes, ...types],
  topic: [...groups, ...attributes, ...types],
  bus: [...types, { type: LONG }],
  'FIFO queue': [...groups, ...ids, ...attributes],
  'FIFO topic': [...groups, ...ids, ...attributes],
};

describe.each(Object.keys(HOSTILE) as Kind[])('a %s', (kind) => {
  test('makes no request of ten with options that AWS refuses, and says whose they are', async () => {
    const publisher = await publisherOf(kind);
    const messages = Array.from({ length: 10 }, (_, id) => ({ id }));
    for (const hostile of HOSTILE[kind]) {
      const optionsOf = (_message: object, index: number) => ({ ...OF_KIND[kind], ...(index === 7 ? hostile : {}) });
      const sending = publisher.sendAll(messages, optionsOf);
      const refused = await sending.then(
        () => undefined,
        (error: unknown) => error as InvalidMessageError,
      );
      expect([hostile, refused?.name, refused?.problems.map(({ index }) => index)]).toEqual([
        hostile,
        'InvalidMessageError',
        [7],
      ]);
    }
    expect(wire.calls).toEqual([]);
  });

  test('sends any text in a message, in characters that AWS takes', async () => {
    const publisher = await publisherOf(kind);
    const unit = fc.oneof(
      fc.constantFrom(...HOSTILE_TEXTS, '\\', '"', '\\uffff', '\u2028'),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { maxLength: 5 }), async (texts) => {
        const message = { id: 1, note: texts.join('') };
        await publisher.send(message, OF_KIND[kind]);
        const [entry = {}] = wire.calls.at(-1)!.entries;
        const body = String(entry['MessageBody'] ?? entry['Message'] ?? entry['Detail']);
        expect(JSON.parse(body)).toEqual(message);
        expect(body).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
      }),
      { numRuns: 40 },
    );
  });
});

test('characters beyond ASCII are no reason to refuse an attribute', async () => {
  const publisher = await publisherOf('queue');
  const fine = { type: 'größer', attributes: { 'a-b.c_D1': 'naïve \u{1f600}\t\n', n: 1.5 }, groupId: '!~[\\]#' };
  await expect(publisher.send({ id: 1 }, fine)).resolves.toHaveProperty('messageId');
});
