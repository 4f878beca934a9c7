import { brand } from '../shared/brand.js';
import { byteStream } from './byte-stream.js';
import type { Request } from './request.js';
import { type OpenedBody, StreamResponse } from './stream-response.js';

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
