import { brand } from '../../shared/brand.js';
import { Response, type ResponseOptions } from './response.js';

/** Sends its content as `text/html`. Escapes nothing: that is the task of the template. */
export class HtmlResponse extends Response<string> {
  constructor(content: string, options: ResponseOptions = {}) {
    super(content, options);
    this.mediaType ??= 'text/html';
  }
}
brand(HtmlResponse, 'HtmlResponse');
