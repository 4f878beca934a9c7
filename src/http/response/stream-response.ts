import type { Readable } from 'node:stream';
import { brand } from '../../shared/brand.js';
import type { MaybePromise } from '../../shared/types.js';
import type { RenderedHeaders } from '../message/headers.js';
import type { JsonCodec } from '../message/json.js';
import type { Request } from '../request/request.js';
import { byteStream, type StreamContent } from './byte-stream.js';
import { Response } from './response.js';

/** What opening a streamed answer has shown. */
export interface OpenedBody {
  /** Wins over every other status: 206 and 304 are known only now. */
  readonly statusCode?: number;
  /** Lower-case names; headers that were set win over them. */
  readonly headers?: RenderedHeaders;
  /** `null` for no body. Whoever takes it consumes or destroys it. */
  readonly body: Readable | null;
}

/**
 * An answer whose body is still to come: sent as it comes by the streaming handler, collected first by the other.
 *
 * Its source is destroyed when the client goes away, when the time for the request is up, and when it fails.
 * `application/octet-stream` unless something says otherwise.
 */
export class StreamResponse<T = StreamContent> extends Response<T> {
  /** Called once, when the answer is sent; override it for a body that depends on the request. */
  open(request: Request, _json?: JsonCodec): MaybePromise<OpenedBody> {
    const body = byteStream(this.content as StreamContent);
    if (request.method !== 'HEAD') return { body };
    body.destroy();
    return { body: null };
  }

  /** No body of its own: {@link open} gives it. */
  override render(): null {
    return null;
  }
}
brand(StreamResponse, 'StreamResponse');

/** A `Blob` or a `File` that a method returned: its bytes, as long as they are, under its type. */
export class BlobResponse extends StreamResponse<Blob> {
  // In what charset its text is only its type could say.
  override charset = '';

  /** What it is where no content type is declared. */
  get type(): string | undefined {
    return this.content.type || undefined;
  }

  override open({ method }: Request): OpenedBody {
    const headers = { 'content-length': String(this.content.size) };
    return { headers, body: method === 'HEAD' ? null : byteStream(this.content) };
  }
}
brand(BlobResponse, 'BlobResponse');
