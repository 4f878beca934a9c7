import type { Readable } from 'node:stream';
import { brand } from '../../shared/brand.js';
import type { MaybePromise } from '../../shared/types.js';
import type { RenderedHeaders } from '../message/headers.js';
import type { JsonCodec } from '../message/json.js';
import type { Request } from '../request/request.js';
import { byteStream, type StreamContent } from './byte-stream.js';
import { Response } from './response.js';

/** The result of opening a streamed response. */
export interface OpenedBody {
  /** Overrides any other status, because a 206 is known only now. */
  readonly statusCode?: number;
  /** Headers by lower-case name. Headers of the response take precedence. */
  readonly headers?: RenderedHeaders;
  /** `null` for no body. The caller has to read or destroy it. */
  readonly body: Readable | null;
}

/**
 * A response with a streamed body. The streaming handler sends it as it comes; the ordinary handler collects it first.
 *
 * Its source is destroyed when the client disconnects, the request times out, or the stream fails. The default media
 * type is `application/octet-stream`.
 */
export class StreamResponse<T = StreamContent> extends Response<T> {
  /** Called once, when the response is sent. Override it for a body that depends on the request. */
  open(request: Request, _json?: JsonCodec): MaybePromise<OpenedBody> {
    const body = byteStream(this.content as StreamContent);
    if (request.method !== 'HEAD') return { body };
    body.destroy();
    return { body: null };
  }

  /** Returns no body: {@link open} returns it. */
  override render(): null {
    return null;
  }
}
brand(StreamResponse, 'StreamResponse');

/** The response for a `Blob` or a `File`, with its size and its type. */
export class BlobResponse extends StreamResponse<Blob> {
  // Its charset is unknown unless its type names it.
  override charset = '';

  /** The media type if no content type is declared. */
  get type(): string | undefined {
    return this.content.type || undefined;
  }

  override open({ method }: Request): OpenedBody {
    const headers = { 'content-length': String(this.content.size) };
    return { headers, body: method === 'HEAD' ? null : byteStream(this.content) };
  }
}
brand(BlobResponse, 'BlobResponse');
