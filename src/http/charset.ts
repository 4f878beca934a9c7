import { BadRequestException, UnsupportedMediaTypeException } from '../errors/exceptions.js';
import { shortened } from '../shared/input-bounds.js';
import { mediaTypeOf } from './media-type.js';

/** Makes text of bytes. */
export type Decode = (bytes: Uint8Array) => string;

type Decoder = InstanceType<typeof TextDecoder>;

const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/**
 * How the text of a body is to be decoded by the `charset` of its content type; `undefined` for UTF-8, which it is unless said.
 *
 * @throws UnsupportedMediaTypeException for a charset that nobody knows.
 */
export function decodeByCharset(contentType: string | undefined): Decode | undefined {
  // By far the most frequent ones are not taken apart.
  if (contentType === undefined || !contentType.includes(';') || contentType.endsWith('charset=utf-8')) return undefined;
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
    throw new UnsupportedMediaTypeException(`The charset ${shortened(charset, 100)} is not known: send UTF-8`);
  }
}

function decoded(bytes: Uint8Array, decoder: Decoder): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BadRequestException(`The body is not valid ${decoder.encoding}`);
  }
}
