import type { ServerResponse } from 'node:http';
import { isJsonObject } from '../../shared/json-values.js';
import { PRELUDE_END, PRELUDE_TYPE, type StreamReceiver } from '../invoke/response-stream.js';
import type { FrontDoorResponse, HeaderLine } from './front-door.js';
import {
  MalformedResult,
  readCookies,
  readHeaders,
  readMultiValueHeaders,
  readStatus,
  withContentType,
} from './lambda-result.js';

const LENGTH = 'content-length';
/** Headers that the server decides about itself. */
const CONNECTION_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Sends a whole response with its content length. @throws TypeError when a header has an invalid name or value. */
export function writeResponse(response: ServerResponse, { status, headers, body }: FrontDoorResponse): void {
  const length = status === 204 || status === 304 ? undefined : lengthOf(response, headers, body);
  const lines = headers.filter(([name]) => name.toLowerCase() !== LENGTH);
  writeHead(response, status, length === undefined ? lines : [...lines, [LENGTH, length]]);
  response.end(length === undefined ? undefined : body);
}

/** Returns the content length. A response to HEAD may have the length of a body that it doesn't send. */
function lengthOf({ req }: ServerResponse, headers: readonly HeaderLine[], body: Buffer): string | undefined {
  if (req.method !== 'HEAD' || body.length > 0) return String(body.length);
  return headers.find(([name]) => name.toLowerCase() === LENGTH)?.[1];
}

/** Sends status and headers, a repeated header as repeated lines. @throws TypeError as {@link writeResponse} does. */
function writeHead(response: ServerResponse, status: number, headers: readonly HeaderLine[]): void {
  const lines = headers.filter(([name]) => !CONNECTION_HEADERS.has(name.toLowerCase()));
  response.writeHead(
    status,
    // node:http writes each character as one byte, so UTF-8 has to be passed as Latin-1.
    lines.flatMap(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
  );
}

/** Sends a streamed response to a client: the prelude as status and headers, then the body as it arrives. */
export class StreamSender implements StreamReceiver {
  /** The part of the prelude that has arrived. */
  private prelude = Buffer.alloc(0);

  constructor(private readonly response: ServerResponse) {}

  /** @throws MalformedResult when the prelude is wrong. */
  async write(chunk: Buffer, contentType: string): Promise<void> {
    const content = this.response.headersSent ? chunk : this.begin(chunk, contentType);
    if (content.length === 0 || this.response.destroyed) return;
    if (!this.response.write(content)) await drained(this.response);
  }

  /** @throws MalformedResult when the stream ends before the end of its prelude. */
  end(contentType: string): void {
    if (!this.response.headersSent) this.begin(Buffer.alloc(0), contentType);
    if (!this.response.headersSent) {
      throw new MalformedResult(
        'the stream ended before the end of its prelude, which is only sent with the first write(), not with end()',
      );
    }
    this.response.end();
  }

  /** Writes status and headers when the prelude is complete, and returns the bytes behind it. */
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

function readPrelude(text: string): Pick<FrontDoorResponse, 'status' | 'headers'> {
  const prelude = parsePrelude(text);
  if (!isJsonObject(prelude)) throw new MalformedResult(`the prelude is ${text}, not an object`);
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
    throw new MalformedResult(`the prelude is not JSON: ${text.slice(0, 60)}`);
  }
}

/** Waits until the client accepts more. A client that has gone counts as drained: Lambda doesn't tell the function. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
