import { Readable } from 'node:stream';
import { Response } from '../../http/response/response.js';
import { messageOf } from '../../shared/thrown.js';

/** The stored form of a result. */
export interface StoredResult {
  /** The result as JSON, `undefined` for none, or {@link NOT_STORED}. */
  readonly text: string | undefined;
  /** The reason why the result cannot be stored. The work is done nevertheless, and must not be repeated. */
  readonly problem?: Error;
}

/** Stored in place of a result that cannot be stored. No JSON text starts like this. */
export const NOT_STORED = 'unkept';

/** The limit in bytes. A DynamoDB item may have 400 kB, including its key and other attributes. */
const LIMIT = 390_000;

/**
 * Returns what is stored of a result.
 *
 * @param method The method to name in messages, such as `OrdersController.create`.
 */
export function storedResult(result: unknown, stringify: JSON['stringify'], method: string): StoredResult {
  try {
    if (!isData(result)) throw new TypeError(`it is a ${(result as object).constructor.name}`);
    const text = stringify(result) as string | undefined;
    if (text !== undefined && Buffer.byteLength(text) > LIMIT)
      throw new RangeError(`it has ${Buffer.byteLength(text)} bytes, and a DynamoDB item has room for ${LIMIT}`);
    return { text };
  } catch (error) {
    return { text: NOT_STORED, problem: problemOf(error, method) };
  }
}

function problemOf(cause: unknown, method: string): TypeError {
  return new TypeError(
    `@Idempotent cannot store the result of ${method}: ${messageOf(cause)}. Return data, set status and headers with ` +
      '@HttpCode and @Header, and return an id for large data. The work is done and will not be repeated.',
    { cause },
  );
}

function isData(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return true;
  return !(
    result instanceof Response ||
    ArrayBuffer.isView(result) ||
    result instanceof Readable ||
    result instanceof ReadableStream ||
    Symbol.asyncIterator in result
  );
}
