import { PayloadTooLargeException } from '../../errors/exceptions.js';

/** @throws PayloadTooLargeException for a body of more bytes than the option `bodyLimit` allows. */
export function checkLength(bytes: number, limit: number): void {
  if (bytes > limit) throw new PayloadTooLargeException(`The body has ${bytes} bytes; the limit is ${limit}`);
}

/** Returns the error for a body that is too long once it is inflated. Inflating has stopped at the limit. */
export function inflatedTooLong(limit: number): PayloadTooLargeException {
  return new PayloadTooLargeException(`The inflated body has more than ${limit} bytes`);
}
