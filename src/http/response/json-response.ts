import { brand } from '../../shared/brand.js';
import type { JsonCodec } from '../message/json.js';
import { Response, type ResponseOptions } from './response.js';

/** Sends its content as JSON, including strings and `null`. */
export class JsonResponse<T = unknown> extends Response<T> {
  constructor(content?: T, options: ResponseOptions = {}) {
    super(content, options);
    this.mediaType ??= 'application/json';
  }

  override render(content: T, json: JsonCodec = JSON): string | null {
    return (json.stringify(content) as string | undefined) ?? null;
  }
}
brand(JsonResponse, 'JsonResponse');
