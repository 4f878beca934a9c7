import type { KinesisStreamTumblingWindowEvent } from 'aws-lambda';
import type { RecordOutcome } from '../../src/contracts/event-adapter.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import { kinesis } from '../../src/events/kinesis.js';
import { events } from '../../src/testing/events.js';

const arn = 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks';

type WindowEvent = KinesisStreamTumblingWindowEvent & { shardId: string; eventSourceARN: string };

function windowEvent(contents: readonly string[], state?: Record<string, unknown>): WindowEvent {
  return {
    shardId: 'shardId-000000000006',
    eventSourceARN: arn,
    ...events.kinesis('clicks', contents),
    window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:02:00Z' },
    ...(state && { state }),
    isFinalInvokeForWindow: contents.length === 0,
    isWindowTerminatedEarly: false,
  };
}

function encode(outcomes: readonly RecordOutcome[], event: KinesisStreamTumblingWindowEvent): unknown {
  return kinesis.encode(outcomes, kinesis.decode(event), event);
}

const ok = (value?: unknown): RecordOutcome => ({ failed: false, value });
const failed: RecordOutcome = { failed: true, error: new Error('x') };

describe('records of Kinesis', () => {
  it('are named by their sequence numbers, and keep the order of their shard', () => {
    const event = events.kinesis('clicks', ['a', 'b']);
    const [first, second] = event.Records;
    expect(kinesis.decode(event).map(({ id, group }) => [id, group])).toEqual([
      [first!.kinesis.sequenceNumber, 'shardId-000000000006'],
      [second!.kinesis.sequenceNumber, 'shardId-000000000006'],
    ]);
  });

  it.each([
    [arn, 'clicks'],
    [`${arn}/consumer/fast:1540591608`, 'clicks'],
    ['arn:aws-cn:kinesis:cn-north-1:123456789012:stream/clicks', 'clicks'],
    ['arn:aws:kinesis:EXAMPLE', ''],
    [null, ''],
  ])('of %j are of the stream %j', (eventSourceARN, stream) => {
    const event = events.kinesis('x', ['a'], { eventSourceARN: eventSourceARN as string });
    expect(kinesis.decode(event)[0]?.attributes).toEqual({ stream });
  });

  it('carry bytes byte for byte', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    expect(kinesis.decode(events.kinesis('clicks', [bytes]))[0]?.content()).toEqual(bytes);
  });
});

describe('a tumbling window', () => {
  it('returns the last state that a consumer returned', () => {
    const event = windowEvent(['a', 'b', 'c'], { clicks: 1 });
    expect(encode([ok({ state: { clicks: 2 } }), ok({ state: { clicks: 3 } }), ok()], event)).toEqual({
      batchItemFailures: [],
      state: { clicks: 3 },
    });
  });

  it('keeps its state if no consumer returned one, because a result without it would be a failure', () => {
    expect(encode([ok()], windowEvent(['a'], { clicks: 1 }))).toEqual({ batchItemFailures: [], state: { clicks: 1 } });
    expect(encode([ok('text')], windowEvent(['a']))).toEqual({ batchItemFailures: [], state: {} });
  });

  it('tells of failures beside its state', () => {
    const event = windowEvent(['a', 'b'], { clicks: 1 });
    expect(encode([ok({ state: { clicks: 2 } }), failed], event)).toEqual({
      batchItemFailures: [{ itemIdentifier: event.Records[1]!.kinesis.sequenceNumber }],
      state: { clicks: 2 },
    });
  });

  it('may come without records at its end', () => {
    const event = windowEvent([], { clicks: 5 });
    expect(detectRecordAdapters(event)[0]).toBe(kinesis);
    expect(encode([], event)).toEqual({ batchItemFailures: [], state: { clicks: 5 } });
  });
});
