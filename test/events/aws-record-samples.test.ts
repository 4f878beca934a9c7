import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordAdapter, SourceRecord } from '../../src/contracts/event-adapter.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import type { DynamoDbChange } from '../../src/events/dynamodb.js';

interface Entry {
  file: string;
  kind: string;
}

const SOURCES: Record<string, string> = {
  sqs: 'sqs',
  sns: 'sns',
  'mq-active': 'mq',
  'mq-rabbit': 'mq',
  kinesis: 'kinesis',
  dynamodb: 'dynamodb',
  kafka: 'kafka',
};

const folder = join(__dirname, '../../../shared/events');
const present = existsSync(join(folder, 'INDEX.json'));
const entries = present
  ? (JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as Entry[]).filter(({ kind }) => kind in SOURCES)
  : [];
const rows: [string, Entry][] =
  entries.length === 0 ? [['none', { file: '', kind: '' }]] : entries.map((entry) => [entry.file, entry]);

interface AnyRecord {
  body?: string;
  Sns?: { Message: string };
  kinesis?: { data: string };
  data?: string;
  value?: string;
  dynamodb?: { Keys?: object; NewImage?: object; OldImage?: object };
}

/** Lists of records, wherever an event has them. */
function rawsOf(event: unknown): unknown[] {
  const { Records, messages, rmqMessagesByQueue, records } = event as Record<string, unknown>;
  return [Records ?? messages ?? Object.values((rmqMessagesByQueue ?? records) as object).flat()].flat();
}

/** The content in the form in which AWS delivered it. */
function asDelivered(content: unknown): unknown {
  return Buffer.isBuffer(content) ? content.toString('base64') : content;
}

function delivered(raw: unknown): string | undefined {
  const { body, Sns, kinesis, data, value } = raw as AnyRecord;
  return body ?? Sns?.Message ?? kinesis?.data ?? data ?? value;
}

function read({ file }: Entry): { event: unknown; adapter: RecordAdapter; records: readonly SourceRecord[] } {
  const event: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const [adapter, ...others] = detectRecordAdapters(event);
  expect(others).toEqual([]);
  return { event, adapter: adapter!, records: adapter!.decode(event) };
}

const describeSamples = present ? describe : describe.skip;

describeSamples("AWS's own sample events with records (skipped where ../shared/events is absent)", () => {
  it('are there for every source', () =>
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(Object.keys(SOURCES))));

  it.each(rows)('%s is taken by the adapter of its source, every record as it is', (_, entry) => {
    const { event, adapter, records } = read(entry);
    expect(adapter.source).toBe(SOURCES[entry.kind]);
    expect(records.map(({ raw }) => raw)).toEqual(rawsOf(event));
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(rows)('%s loses nothing of its contents', (_, entry) => {
    for (const { raw, content } of read(entry).records) {
      const { dynamodb } = raw as AnyRecord;
      if (!dynamodb) expect(asDelivered(content())).toBe(delivered(raw));
      else
        expect(namesOf(content() as DynamoDbChange)).toEqual(
          [dynamodb.Keys, dynamodb.NewImage, dynamodb.OldImage].map((image) => image && Object.keys(image)),
        );
    }
  });

  it.each(rows)('%s has valid identifiers for all of its records', (_, entry) => {
    const { event, adapter, records } = read(entry);
    const outcomes = records.map(() => ({ failed: true, error: new Error('x') }) as const);
    if (['sns', 'mq'].includes(adapter.source)) return expect(() => adapter.encode(outcomes, records, event)).toThrow();
    const { batchItemFailures } = adapter.encode(outcomes, records, event) as { batchItemFailures: unknown[] };
    expect(batchItemFailures.length).toBe(adapter.source === 'sqs' ? records.length : 1);
  });
});

function namesOf({ keys, newImage, oldImage }: DynamoDbChange): unknown[] {
  return [keys, newImage, oldImage].map((image) => image && Object.keys(image));
}
