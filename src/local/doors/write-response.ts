import type { ServerResponse } from 'node:http';
import { PRELUDE_END, PRELUDE_TYPE, type StreamReceiver } from '../invoke/response-stream.js';
import type { FrontDoorResponse, HeaderLine } from './front-door.js';
import {
  isPlainObject,
  MalformedResult,
  readCookies,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  withContentType,
} from './lambda-result.js';

const LENGTH = 'content-length';
// The connection is the server's own matter.
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/**
 * Sends status and headers; a repeated name stays repeated lines.
 *
 * @throws TypeError when a name or a value can't stand in a header.
 */
function writeHead(response: ServerResponse, status: number, headers: readonly HeaderLine[]): void {
  const lines = headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  response.writeHead(
    status,
    lines.flatMap(([name, value]) => [name, latin1(value)]),
  );
}

/** Sends a whole answer with the length of its body in bytes. @throws TypeError as {@link writeHead} does. */
export function writeResponse(response: ServerResponse, { status, headers, body }: FrontDoorResponse): void {
  const length = status === 204 || status === 304 ? undefined : lengthOf(response, headers, body);
  const lines = headers.filter(([name]) => name.toLowerCase() !== LENGTH);
  writeHead(response, status, length === undefined ? lines : [...lines, [LENGTH, length]]);
  response.end(length === undefined ? undefined : body);
}

/** HEAD may tell the length of a body that it does not send. */
function lengthOf({ req }: ServerResponse, headers: readonly HeaderLine[], body: Buffer): string | undefined {
  if (req.method !== 'HEAD' || body.length > 0) return String(body.length);
  return headers.find(([name]) => name.toLowerCase() === LENGTH)?.[1];
}

/** A header's UTF-8 bytes as the characters that node:http writes as bytes; refused ones stay as they are. */
function latin1(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}

/** Passes on to a client what a function streams: the prelude as status and headers, the rest as it comes. */
export class StreamedResponse implements StreamReceiver {
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
      throw new MalformedResult(
        'the stream ended without a whole prelude, which goes out with the first write(), not with end()',
      );
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
  return {
    status: readStatus(prelude['statusCode'] ?? 200),
    headers: withContentType(lines, 'application/octet-stream'),
  };
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
