/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const DIGITS = /^\d*$/;

/**
 * Reads a `Range` header (RFC 9110, 14.1.2) for a body of `size` bytes: `undefined` when the whole is to be sent,
 * because the header is malformed, of another unit, or asks for several ranges, which no one needs to honour.
 */
export function parseRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [first, last] = positionsIn(header) ?? ['', ''];
  if (first === '') return last === '' ? undefined : suffixRange(Number(last), size);
  const start = Number(first);
  const end = last === '' ? Infinity : Number(last);
  if (end < start) return undefined;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

/** First and last position of a single range as digits, or nothing. Cut at its separators: a pattern for all of it would try every way to share spaces. */
function positionsIn(header: string): [first: string, last: string] | undefined {
  const equals = header.indexOf('=');
  if (equals === -1 || header.slice(0, equals).trim().toLowerCase() !== 'bytes') return undefined;
  const [first = '', last, ...more] = header.slice(equals + 1).split('-', 3).map((position) => position.trim());
  if (last === undefined || more.length > 0 || !DIGITS.test(first) || !DIGITS.test(last)) return undefined;
  return [first, last];
}

function suffixRange(length: number, size: number): ByteRange | 'unsatisfiable' | undefined {
  if (length === 0) return 'unsatisfiable';
  // The end of nothing is all of it.
  return size === 0 ? undefined : { start: Math.max(0, size - length), end: size - 1 };
}
