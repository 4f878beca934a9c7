import type { ServerResponse } from 'node:http';
import type { HeaderLine } from './gateway-answer.js';
import {
  isPlainObject,
  MalformedResult,
  readCookies,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  withContentType,
} from './lambda-result.js';
import { PRELUDE_END, PRELUDE_TYPE, type StreamReceiver } from './response-stream.js';
import { writeHead } from './write-answer.js';

/** Passes on to a client what a function streams: the prelude as status and headers, the rest as it comes. */
export class StreamedAnswer implements StreamReceiver {
  /** What has come of the prelude. */
  private prelude = Buffer.alloc(0);

  constructor(private readonly response: ServerResponse) {}

  /** @throws MalformedResult when the prelude is wrong. */
  async write(chunk: Buffer, contentType: string): Promise<void> {
    const content = this.response.headersSent ? chunk : this.begin(chunk, contentType);
    if (content.length === 0 || this.response.destroyed) return;
    if (!this.response.write(content)) await drained(this.response);
  }

  /** @throws MalformedResult when the stream has ended without its prelude. */
  end(contentType: string): void {
    if (!this.response.headersSent) this.begin(Buffer.alloc(0), contentType);
    if (!this.response.headersSent) {
      throw new MalformedResult('the stream ended without a whole prelude, which goes out with the first write(), not with end()');
    }
    this.response.end();
  }

  /** Writes the head as soon as it is known; gives the bytes after it. */
  private begin(chunk: Buffer, contentType: string): Buffer {
    if (contentType !== PRELUDE_TYPE) {
      writeHead(this.response, 200, [['content-type', contentType]]);
      return chunk;
    }
    this.prelude = Buffer.concat([this.prelude, chunk]);
    const end = this.prelude.indexOf(PRELUDE_END);
    if (end === -1) return Buffer.alloc(0);
    const { status, headers } = readPrelude(this.prelude.toString('utf8', 0, end));
    writeHead(this.response, status, headers);
    return this.prelude.subarray(end + PRELUDE_END.length);
  }
}

function readPrelude(text: string): { status: number; headers: readonly HeaderLine[] } {
  const prelude = parsePrelude(text);
  if (!isPlainObject(prelude)) throw new MalformedResult(`the prelude is ${text}, where an object is wanted`);
  const lines = [
    ...readHeaders(prelude['headers']),
    ...readMultiValueHeaders(prelude['multiValueHeaders']),
    ...readCookies(prelude['cookies']),
  ];
  return { status: readStatus(prelude['statusCode'] ?? 200), headers: withContentType(lines, 'application/octet-stream') };
}

function parsePrelude(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedResult(`the prelude is no JSON: ${text.slice(0, 60)}`);
  }
}

/** A client that has gone counts as drained: like Lambda, the function is not told. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
