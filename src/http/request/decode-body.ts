import type zlib from 'node:zlib';
import { BadRequestException, UnsupportedMediaTypeException } from '../../errors/exceptions.js';
import { shortened } from '../../shared/input-limits.js';
import { mediaTypeOf } from '../message/media-type.js';
import { inflatedTooLong } from './body-limit.js';

type Zlib = typeof zlib;

/** A content coding of `content-encoding` (RFC 9110, 8.4.1). */
interface Coding {
  inflater(from: Zlib): (bytes: Buffer, options: InflateOptions) => Buffer;
  /** Whether the first bytes may be of this coding. If not, the body has been inflated already. */
  mayBe(bytes: Buffer): boolean;
}

interface InflateOptions {
  readonly maxOutputLength: number;
  readonly info: true;
}

// The result with `info`, which Node's types don't have.
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Whether bytes begin with gzip's magic number, which no text does. */
export function mayBeGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

const gzip: Coding = { inflater: ({ gunzipSync }) => gunzipSync, mayBe: mayBeGzip };

const CODINGS: ReadonlyMap<string, Coding> = new Map([
  ['gzip', gzip],
  ['x-gzip', gzip],
  [
    'deflate',
    {
      inflater: ({ inflateSync }) => inflateSync,
      mayBe: ([first = 0, second = 0]) => (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0,
    },
  ],
  ['br', { inflater: ({ brotliDecompressSync }) => brotliDecompressSync, mayBe: () => true }],
]);

/**
 * Removes the `content-encoding` of a body. Looks at the bytes to see whether it still applies, because REST APIs
 * inflate bodies and leave the header.
 *
 * @throws UnsupportedMediaTypeException for another coding, or for several.
 * @throws PayloadTooLargeException if the result would exceed the limit; inflating stops there.
 * @throws BadRequestException if the bytes are corrupt.
 */
export function decodeContent(bytes: Buffer, header: string, limit: number): Buffer {
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const [name, ...others] = names.filter((each) => each !== '' && each !== 'identity');
  if (name === undefined) return bytes;
  const coding = others.length === 0 ? CODINGS.get(name) : undefined;
  // Loaded lazily, because it takes milliseconds. Node below 20.16 can't load it synchronously.
  const from = process.getBuiltinModule?.('node:zlib');
  if (!coding || !from) throw unsupported(header);
  return coding.mayBe(bytes) ? inflated(bytes, name, { inflate: coding.inflater(from), limit }) : bytes;
}

function inflated(
  bytes: Buffer,
  name: string,
  { inflate, limit }: { inflate: ReturnType<Coding['inflater']>; limit: number },
): Buffer {
  try {
    const maxOutputLength = Math.min(Math.max(1, Math.floor(limit)), 2 ** 31 - 1);
    const { buffer, engine } = inflate(bytes, { maxOutputLength, info: true }) as unknown as Inflated;
    if (engine.bytesWritten === bytes.length) return buffer;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw inflatedTooLong(limit);
  }
  // The bytes of a coding are never valid UTF-8, but text may start like a coding.
  if (isUtf8(bytes)) return bytes;
  throw new BadRequestException(`The body is not valid ${name}`);
}

/** Whether bytes are text. Node's `isUtf8` would be imported by every start, and with it Node's `File`. */
export function isUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}

function unsupported(header: string): UnsupportedMediaTypeException {
  const headers = { 'accept-encoding': 'gzip, deflate, br' };
  return new UnsupportedMediaTypeException(
    `The content-encoding must be gzip, deflate or br, not ${shortened(header, 100)}`,
    { headers },
  );
}

/** Decodes bytes into text. */
export type Decode = (bytes: Uint8Array) => string;

type Decoder = InstanceType<typeof TextDecoder>;

const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/**
 * Returns the decoder for the `charset` of a content type; `undefined` for UTF-8, the default.
 *
 * @throws UnsupportedMediaTypeException for an unknown charset.
 */
export function decodeByCharset(contentType: string | undefined): Decode | undefined {
  // By far the most frequent types need not be parsed.
  if (contentType === undefined || !contentType.includes(';') || contentType.endsWith('charset=utf-8'))
    return undefined;
  const { charset } = mediaTypeOf(contentType).parameters;
  if (charset === undefined || UTF_8.has(charset.toLowerCase())) return undefined;
  const decoder = decoderOf(charset);
  return (bytes) => {
    const isBigEndian = decoder.encoding === 'utf-16le' && bytes[0] === 0xfe && bytes[1] === 0xff;
    return decoded(bytes, isBigEndian ? decoderOf('utf-16be') : decoder);
  };
}

function decoderOf(charset: string): Decoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new UnsupportedMediaTypeException(`The charset ${shortened(charset, 100)} is unknown: send UTF-8`);
  }
}

function decoded(bytes: Uint8Array, decoder: Decoder): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BadRequestException(`The body is not valid ${decoder.encoding}`);
  }
}
