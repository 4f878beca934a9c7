import { BadRequestException } from '../errors/exceptions.js';
import { MalformedEventError } from '../errors/malformed-event-error.js';
import { decodeContent, mayBeGzip } from '../http/request/decode-body.js';
import { messageOf } from '../shared/thrown.js';
import type { SourceRecord } from './event-adapter.js';

/** The limit for gzipped content once it is inflated, in bytes: a megabyte of it can hold a gigabyte of zeros. */
const INFLATED_LIMIT = 16 * 1024 * 1024;

/**
 * Returns the content of a record, as its source decodes it.
 *
 * @throws BadRequestException if it cannot be decoded.
 */
export function contentOf(record: SourceRecord): unknown {
  try {
    return record.content();
  } catch (error) {
    const message = messageOf(error);
    // No HTTP client gets this error, so it may name the place; often the invocation's error is all that is seen.
    const place = error instanceof MalformedEventError ? `: ${message}` : '';
    throw new BadRequestException(`The content of the record cannot be decoded${place}`, {
      cause: error,
      errorDetail: message,
    });
  }
}

/**
 * Returns bytes as text, inflated if they are gzipped, and anything else as it is.
 *
 * @throws HttpException if gzipped content can't be inflated.
 */
export function textOf(content: unknown): unknown {
  return Buffer.isBuffer(content) ? inflated(content).toString('utf8') : content;
}

/**
 * Returns bytes, inflated if they are gzipped.
 *
 * @throws HttpException if gzipped content can't be inflated.
 */
export function inflated(bytes: Buffer): Buffer {
  return mayBeGzip(bytes) ? decodeContent(bytes, 'gzip', INFLATED_LIMIT) : bytes;
}
