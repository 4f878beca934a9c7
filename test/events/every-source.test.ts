import type { HttpEventAdapter, RecordAdapter } from '../../src/contracts/event-adapter.js';
import { detectHttpAdapter, httpAdapters } from '../../src/events/detection/all-http-adapters.js';
import { detectHttpSource } from '../../src/events/detection/detect-http-source.js';
import { mayShowErrors } from '../../src/events/detection/may-show-errors.js';
import {
  adaptersFor,
  detectAmong,
  detectRecordAdapters,
  directAdapterOf,
  directAdapters,
  recordAdapters,
} from '../../src/events/detection/record-adapters.js';
import { empty } from '../../src/events/empty.js';
import { webSocket } from '../../src/events/websocket.js';
import { events } from '../../src/testing/events.js';

const { snsEnvelope: _, appSync, cloudWatchLogs, cognito, customResource, ...builders } = events;
const { activeMq, dynamoDb, firehose, kafka, kinesis, rabbitMq, sns, sqs, ...others } = builders;

/** One sample event per builder of the test kit. */
const samples: readonly unknown[] = [
  ...Object.values(others).map((build: () => unknown) => build()),
  ...[activeMq, firehose, kafka, kinesis, rabbitMq, sns, sqs].map((build) => build('orders', ['content'])),
  dynamoDb('orders', [{ keys: { id: 'o1' }, newImage: { id: 'o1' } }]),
  appSync('Query', 'order'),
  [appSync('Query', 'order')],
  cloudWatchLogs(),
  cognito('PreSignUp'),
  customResource(),
];

function namesOf(adapters: readonly (HttpEventAdapter | RecordAdapter)[]): string[] {
  return adapters.map(({ source }) => source);
}

function adaptersOf(sample: unknown): readonly RecordAdapter[] {
  return [...detectRecordAdapters(sample), directAdapterOf(sample)];
}

describe('every source', () => {
  it('of HTTP requests has a sample event', () => {
    const found = new Set(samples.map(detectHttpAdapter));
    expect(namesOf(httpAdapters.filter((adapter) => !found.has(adapter)))).toEqual([]);
  });

  it('of HTTP requests is detected at the start of a function, which loads adapters on demand', async () => {
    for (let time = 0; time < 2; time++) {
      for (const sample of samples) expect(await detectHttpSource(sample)).toBe(detectHttpAdapter(sample));
    }
  });

  it('of records has a sample event', () => {
    const found = new Set(samples.flatMap(detectRecordAdapters));
    expect(recordAdapters.filter((adapter) => !found.has(adapter))).toEqual([empty]);
  });

  it('that shows errors to callers is recognized before it is detected', () => {
    const showing = samples.filter((sample) => adaptersOf(sample).some(({ showsErrors }) => showsErrors));
    expect(showing).toHaveLength(4);
    // What an invocation for a WebSocket fails with stays with API Gateway.
    expect(showing.filter((sample) => !mayShowErrors(sample)).map((sample) => adaptersOf(sample)[0])).toEqual([
      webSocket,
    ]);
  });

  it('of records is found where only those with consumers are asked', () => {
    for (const sample of samples) {
      for (const adapter of detectRecordAdapters(sample))
        expect(
          detectAmong(
            adaptersFor((source) => source === adapter.source),
            sample,
          ),
        ).toContain(adapter);
      expect(
        detectAmong(
          adaptersFor(() => false),
          sample,
        ),
      ).toEqual([]);
    }
  });

  it('whose result only names failed records leaves out what consumers returned', () => {
    const found = samples.flatMap((sample) => detectRecordAdapters(sample).map((adapter) => ({ adapter, sample })));
    const naming = found.filter(({ adapter }) => adapter.namesFailures);
    expect(naming.map(({ adapter }) => adapter.source).toSorted()).toEqual(['kafka', 'sqs']);
    for (const { adapter, sample } of naming) {
      const records = adapter.decode(sample);
      const outcomes = records.map(
        () => ({ failed: false, value: { state: 'returned', batchItemFailures: [1] } }) as const,
      );
      expect(adapter.encode(outcomes, records, sample)).toEqual({ batchItemFailures: [] });
    }
  });

  it('of @OnEvent has a sample event', () => {
    const found = new Set(samples.map(directAdapterOf));
    expect(directAdapters.filter((adapter) => !found.has(adapter))).toEqual([]);
  });
});
