import { request as send, type IncomingHttpHeaders } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  body: Buffer;
  text: string;
}

export interface RawRequest {
  method?: string;
  /** Sent as it is. */
  path?: string;
  /** Name, value, name, value. */
  headers?: string[];
  body?: string | Uint8Array;
  /** Called with every part of the answer. */
  onData?: () => void;
}

/** One request with nothing normalised, which `fetch` would do to paths and headers. */
export function rawRequest(
  url: string,
  { method = 'GET', path = '/', headers = [], body, onData }: RawRequest = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(url);
    const lines = [
      'Host',
      host,
      ...(body === undefined ? [] : ['Content-Length', String(Buffer.byteLength(body))]),
      ...headers,
    ];
    const outgoing = send({ hostname, port, method, path, headers: lines as never, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        onData?.();
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const content = Buffer.concat(chunks);
        const { statusCode = 0, headers: received, rawHeaders } = answer;
        resolve({ status: statusCode, headers: received, rawHeaders, body: content, text: content.toString() });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
