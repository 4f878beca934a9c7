import type { SourceRecord } from '../contracts/record-adapter.js';
import { isRecord } from './is-record.js';

/** Decodes each of a list's records. In the place of `null` stands a record of nowhere, that only fails. */
export function decodeRecords<R>(list: readonly R[], decode: (raw: R) => SourceRecord): SourceRecord[] {
  return list.map((raw) => (isRecord(raw) ? decode(raw) : missingRecord(raw)));
}

function missingRecord(raw: unknown): SourceRecord {
  return {
    raw,
    id: '',
    attributes: {},
    content: () => {
      throw new Error(`The record is ${String(raw)}`);
    },
  };
}
