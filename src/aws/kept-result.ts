import { Readable } from 'node:stream';
import { Response } from '../http/response.js';

/** What is kept of a call that was done. */
export interface KeptResult {
  /** The result as JSON; `undefined` for none, {@link UNKEPT} where it can't be kept. */
  readonly text: string | undefined;
  /** Why it can't be kept. The work is done all the same, and must not be done again. */
  readonly problem?: Error;
}

/** In the place of a result that can't be kept; no JSON begins like this. */
export const UNKEPT = 'unkept';

/** Bytes: an item of DynamoDB takes 400 kB, the key and the other attributes included. */
const LIMIT = 390_000;

/** @param method As in `OrdersController.create`, for messages. */
export function keptResult(result: unknown, stringify: JSON['stringify'], method: string): KeptResult {
  try {
    if (!isData(result)) throw new TypeError(`it is a ${(result as object).constructor.name}`);
    const text = stringify(result) as string | undefined;
    if (text !== undefined && Buffer.byteLength(text) > LIMIT) throw new RangeError(`it has ${Buffer.byteLength(text)} bytes, and an item of DynamoDB takes ${LIMIT}`);
    return { text };
  } catch (error) {
    return { text: UNKEPT, problem: problemOf(error as Error, method) };
  }
}

function problemOf(cause: Error, method: string): TypeError {
  return new TypeError(
    `${method} gave a result that @Idempotent can't keep: ${cause.message}. Return data, and say status and headers with @HttpCode and @Header; ` +
      'of what is long return an id. What was done is not done again.',
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
