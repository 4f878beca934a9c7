import type { ValidationDetail } from '../../src/errors/validation-detail.js';
import { ValidationException } from '../../src/errors/validation-exception.js';
import type { InputReader } from '../../src/validation/input-reader.js';

/** The details with which a reader refuses a value. */
export async function refusal(read: InputReader, value: unknown): Promise<ValidationDetail[]> {
  const error = await outcome(read, value);
  if (error instanceof ValidationException) return error.detail;
  throw new Error(`expected a ValidationException, got ${String(error)}`, { cause: error });
}

/** As `loc type`, for tests where the words don't matter. */
export async function broken(read: InputReader, value: unknown): Promise<string[]> {
  return (await refusal(read, value)).map(({ loc, type }) => `${loc.join('.')} ${type}`);
}

/** What a reader throws or, where it takes the value, what it makes of it. */
export async function outcome(read: InputReader, value: unknown): Promise<unknown> {
  try {
    return await read(value);
  } catch (error) {
    return error;
  }
}
