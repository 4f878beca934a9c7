import type { FirehoseTransformationResultRecord } from 'aws-lambda';
import type { WriteData } from '../../contracts/event-adapter.js';
import { checkCallOptions, type OptionRule } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { Response } from '../../http/response/response.js';
import { brand } from '../../shared/brand.js';
import { isJsonObject } from '../../shared/json-values.js';
import { rejectedIn } from './settled-results.js';

/** Options of {@link FirehoseResult.ok}. */
export interface FirehoseResultOptions {
  /** The keys by which a stream with dynamic partitioning forms the prefix, as in `{ customer: 'c1' }`. */
  partitionKeys?: Readonly<Record<string, string>>;
}

/** A result of an `@OnFirehose` method that data alone can't express: a dropped record, or one with partition keys. */
export class FirehoseResult {
  private constructor(
    /** `undefined` if the record is dropped. */
    readonly data: unknown,
    readonly partitionKeys: Readonly<Record<string, string>> | undefined,
    readonly isDropped: boolean,
  ) {}

  /**
   * Passes data on, as if the method had returned it.
   *
   * @throws TypeError for an unknown option, and for partition keys that are not text.
   */
  static ok(data: unknown, options: FirehoseResultOptions = {}): FirehoseResult {
    return new FirehoseResult(data, partitionKeysIn(options), false);
  }

  /** Leaves the record out of the destination, on purpose. */
  static drop(): FirehoseResult {
    return new FirehoseResult(undefined, undefined, true);
  }

  /** @throws TypeError for a result inside of data, or of another source: nothing would be dropped. */
  toJSON(): never {
    throw new TypeError(
      'A FirehoseResult cannot be a part of JSON: a method with @OnFirehose must return it by itself.',
    );
  }
}
brand(FirehoseResult, 'FirehoseResult');

/** @throws TypeError */
function partitionKeysIn(options: FirehoseResultOptions): FirehoseResultOptions['partitionKeys'] {
  checkCallOptions(options, { partitionKeys: PARTITION_KEYS }, 'the options of FirehoseResult.ok');
  // A copy: another record that runs meanwhile may change the object, and would choose the prefix of this one.
  return options.partitionKeys && { ...options.partitionKeys };
}

const PARTITION_KEYS: OptionRule = {
  expected: "text by name that isn't empty, as in { customer: 'c1' }",
  accepts: (value) => isJsonObject(value) && Object.values(value).every((key) => typeof key === 'string' && key !== ''),
};

/** The transformation of one record, without its id. */
export type FirehoseTransformation = Omit<FirehoseTransformationResultRecord, 'recordId'>;

/**
 * Encodes what a method returned for a record.
 *
 * @throws TypeError for what is neither data nor a {@link FirehoseResult}: the record has failed.
 */
export function encodeTransformation(value: unknown, write: WriteData): FirehoseTransformation {
  if (!(value instanceof FirehoseResult)) return { result: 'Ok', data: base64Of(value, write) };
  if (value.isDropped) return { result: 'Dropped' };
  const { data, partitionKeys } = value;
  return {
    result: 'Ok',
    data: base64Of(data, write),
    ...(partitionKeys && { metadata: { partitionKeys: { ...partitionKeys } } }),
  };
}

/** Text and bytes are sent as they are, objects and lists as a line of JSON. */
function base64Of(value: unknown, write: WriteData): string {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (typeof value === 'string') return Buffer.from(value).toString('base64');
  if (value instanceof Error) throw value;
  const rejected = rejectedIn(value, 'A method with @OnFirehose');
  if (rejected) throw rejected;
  if (!isData(value)) throw notUnderstood(value);
  const text: unknown = write(value);
  // An object without content, such as an invalid date.
  if (typeof text !== 'string' || text === 'null') throw notUnderstood(value);
  return Buffer.from(`${text}\n`).toString('base64');
}

function isData(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Response) && !isOwnFormat(value);
}

/** Whether a method returned a result in Firehose's own format: as data, a record to drop would be delivered. */
function isOwnFormat(value: object): boolean {
  return 'recordId' in value && 'result' in value && RESULTS.has(value.result);
}

const RESULTS: ReadonlySet<unknown> = new Set(['Ok', 'Dropped', 'ProcessingFailed']);

function notUnderstood(value: unknown): TypeError {
  const given =
    typeof value === 'object' && value !== null && isOwnFormat(value) ? "Firehose's own format" : describeValue(value);
  return new TypeError(
    `A method with @OnFirehose returned ${given}. Return the data for the destination (an object, a list, text or ` +
      'bytes) or FirehoseResult.ok(data, { partitionKeys }); to leave the record out, return FirehoseResult.drop().',
  );
}
