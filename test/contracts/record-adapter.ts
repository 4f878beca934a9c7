import type { RecordAdapter, RecordOutcome, SourceRecord } from '../../src/contracts/event-adapter.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';

/** One source of batches, and how it is told of failures. */
export interface RecordAdapterSubject {
  name: string;
  adapter: RecordAdapter;
  /** An event with one record a content. */
  sample: (contents: readonly string[]) => object;
  /** What every record of the sample has. */
  attributes: Readonly<Record<string, string>>;
  /** The list of raw records in an event. */
  rawsOf: (event: unknown) => unknown[];
  /**
   * What is made of failures: each is named, only the first one is, the invocation is rejected, or every record is
   * answered.
   */
  failures: 'each' | 'first' | 'reject' | 'answer';
  /** Whether records are handled in order. */
  ordered: boolean;
  /** The text in a record's content. */
  textOf?: (content: unknown) => unknown;
}

const ok: RecordOutcome = { failed: false, value: undefined };

function failing(error: unknown): RecordOutcome {
  return { failed: true, error };
}

function named(result: unknown): unknown[] {
  const { batchItemFailures } = result as { batchItemFailures: { itemIdentifier: unknown }[] };
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

/** What every source of records must do; called once a source. */
export function describeRecordAdapter(subject: RecordAdapterSubject): void {
  const { adapter, sample, rawsOf, textOf = String } = subject;

  /** The event travels as JSON, as it does to Lambda. */
  function eventOf(contents: readonly string[]): object {
    return JSON.parse(JSON.stringify(sample(contents))) as object;
  }

  function decode(contents: readonly string[]): readonly SourceRecord[] {
    return adapter.decode(eventOf(contents));
  }

  function encode(outcomes: readonly RecordOutcome[], event = eventOf(outcomes.map(String))): unknown {
    return adapter.encode(outcomes, adapter.decode(event), event);
  }

  describe(`the record adapter of ${subject.name}`, () => {
    it('is the only one that takes its events', () => {
      expect(detectRecordAdapters(eventOf(['a', 'b']))).toEqual([adapter]);
    });

    it.each([
      null,
      undefined,
      5,
      'text',
      [],
      {},
      { Records: null },
      { Records: [null] },
      { Records: ['text'] },
      { records: [] },
    ])('does not take %j', (event) => expect(adapter.detect(event)).toBe(false));

    it('gives a record each, in order, with its attributes and what AWS delivered', () => {
      const event = eventOf(['a', 'b', 'c']);
      const records = adapter.decode(event);
      expect(records.map((record) => textOf(record.content()))).toEqual(['a', 'b', 'c']);
      expect(records.map(({ attributes }) => attributes)).toEqual(records.map(() => subject.attributes));
      expect(records.map(({ raw }) => raw)).toEqual(rawsOf(event));
    });

    it('keeps text that is not ASCII', () => {
      expect(decode(['{"name":"José 🍋"}']).map((record) => textOf(record.content()))).toEqual(['{"name":"José 🍋"}']);
    });

    it(
      subject.ordered
        ? 'puts its records into one group, to keep their order'
        : 'lets its records be handled in any order',
      () => {
        const groups = decode(['a', 'b']).map(({ group }) => group);
        expect(groups).toEqual(subject.ordered ? [groups[0], groups[0]] : [undefined, undefined]);
        expect(typeof groups[0]).toBe(subject.ordered ? 'string' : 'undefined');
      },
    );

    it('tolerates a record that is null, and records whose members are null', () => {
      const event = eventOf(['a', 'b', 'c']);
      const raws = rawsOf(event);
      const bare = raws[2] as Record<string, unknown>;
      for (const [name, value] of Object.entries(bare)) if (typeof value === 'object') bare[name] = null;
      const list = listHolding(event, raws);
      list[1] = null;
      const records = adapter.decode(event);
      expect(records.map(({ raw }) => raw)).toEqual([raws[0], null, bare]);
      expect(records.map(({ id }) => typeof id)).toEqual(['string', 'string', 'string']);
    });

    if (subject.failures === 'answer') {
      it('answers every record once, in order, and names those that failed', () => {
        const event = eventOf(['a', 'b', 'c']);
        const answered: RecordOutcome = { failed: false, value: adapter.encodeResult!('text', JSON.stringify) };
        const { records } = encode([answered, failing(new Error('1')), answered], event) as {
          records: { recordId: string; result: string }[];
        };
        expect(records.map(({ recordId, result }) => [recordId, result])).toEqual(
          adapter.decode(event).map(({ id }, index) => [id, index === 1 ? 'ProcessingFailed' : 'Ok']),
        );
      });

      it('rejects when a record has no identifier', () => {
        const event = eventOf(['a', 'b']);
        listHolding(event, rawsOf(event))[0] = null;
        const error = new Error('x');
        expect(thrownBy(() => encode([failing(error), failing(error)], event))).toMatchObject({ cause: error });
      });
      return;
    }

    it('reports success when nothing has failed', () => {
      expect(encode([ok, ok])).toEqual(subject.failures === 'reject' ? undefined : { batchItemFailures: [] });
    });

    if (subject.failures === 'reject') {
      it('rejects with the error of the record that failed', () => {
        const error = new Error('Out of stock');
        expect(() => encode([ok, failing(error), ok])).toThrow(error);
      });

      it('rejects with all errors where several records failed', () => {
        const errors = [new Error('First'), new Error('Second')];
        const caught = thrownBy(() => encode([...errors.map(failing), ok]));
        expect(caught).toMatchObject({ errors, message: '2 of 3 records failed; the first one: Error: First' });
      });
      return;
    }

    it(
      subject.failures === 'each'
        ? 'names every record that failed'
        : 'names the first record that failed, and stops there',
      () => {
        const outcomes = [ok, failing(new Error('1')), ok, failing(new Error('3'))];
        const event = eventOf(['a', 'b', 'c', 'd']);
        const [, second, , fourth] = adapter.decode(event).map(({ identifier, id }) => identifier ?? id);
        expect(named(encode(outcomes, event))).toEqual(subject.failures === 'each' ? [second, fourth] : [second]);
      },
    );

    it('rejects when a record failed that has no identifier', () => {
      const event = eventOf(['a', 'b']);
      listHolding(event, rawsOf(event))[0] = null;
      expect(() => encode([failing(new Error('x')), ok], event)).toThrow('A record without an identifier failed');
      expect(encode([ok, ok], event)).toEqual({ batchItemFailures: [] });
    });
  });
}

/** The array of the event that has these records. */
function listHolding(value: unknown, raws: readonly unknown[]): unknown[] {
  if (Array.isArray(value) && value.length === raws.length && value.every((item, index) => item === raws[index]))
    return value as unknown[];
  for (const member of Object.values(Object(value) as object)) {
    if (typeof member !== 'object' || member === null) continue;
    const found = listHolding(member, raws);
    if (found.length > 0) return found;
  }
  return [];
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
