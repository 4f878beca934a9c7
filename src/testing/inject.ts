import type { LambdaHandler } from '../application/lambda-application.js';
import { fakeContext, type FakeContextOptions } from './fake-context.js';
import { checkedSample, type HttpEventRequest, httpEvents, REQUEST_NAMES } from './http-events.js';
import { isReadLater, readPayload } from './request-payload.js';

/** A request for `inject`, with the source that it comes from and the time that the invocation has. */
export interface InjectRequest extends HttpEventRequest, FakeContextOptions {
  /** The source whose event is built. Defaults to `apiGatewayV2`. */
  source?: keyof typeof httpEvents;
}

const NAMES: readonly (keyof InjectRequest)[] = [...REQUEST_NAMES, 'source', 'remainingTime'];

/**
 * Sends a request through a handler as the event of one source, and reads the result as a client would.
 *
 * @throws What the handler rejects with, which Lambda would report as a function error.
 */
export async function inject(
  app: { readonly handler: LambdaHandler },
  request: InjectRequest,
): Promise<InjectResponse> {
  const { source = 'apiGatewayV2', remainingTime, payload, ...rest } = checkedSample(request, NAMES, 'inject');
  if (!Object.hasOwn(httpEvents, source))
    throw new TypeError(`Unknown source "${String(source)}"; use one of ${Object.keys(httpEvents).join(', ')}.`);
  const sample = isReadLater(payload) ? await readPayload(rest, payload) : { ...rest, payload };
  return readResult(await app.handler(httpEvents[source](sample), fakeContext({ remainingTime })));
}

/** The response that a client would receive. */
export class InjectResponse {
  constructor(
    readonly statusCode: number,
    /** Header values by lower-case name, repeats joined with `, `. `set-cookie` is in {@link cookies}. */
    readonly headers: Readonly<Record<string, string>>,
    /** Values of the `Set-Cookie` headers. */
    readonly cookies: readonly string[],
    /** The body as bytes, decoded from base64. */
    readonly rawPayload: Buffer,
  ) {}

  /** The body as text. */
  get payload(): string {
    return this.rawPayload.toString('utf8');
  }

  /** Parses the body as JSON. @throws Error that quotes a body that isn't JSON. */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.payload) as T;
    } catch (cause) {
      throw new Error(
        `The body of the ${this.statusCode} response is not JSON: ${this.payload.slice(0, 200) || '(empty)'}`,
        { cause },
      );
    }
  }
}

interface GatewayResult {
  statusCode?: number;
  headers?: Record<string, unknown>;
  multiValueHeaders?: Record<string, unknown[]>;
  cookies?: string[];
  body?: string | null;
  isBase64Encoded?: boolean;
}

/** Reads a handler's result in the format of any HTTP source. */
export function readResult(result: unknown): InjectResponse {
  const { statusCode = 200, body, isBase64Encoded, cookies = [], ...maps } = result as GatewayResult;
  const lines = headerLines(maps);
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of lines) {
    if (name !== 'set-cookie') headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const set = lines.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
  return new InjectResponse(
    statusCode,
    headers,
    [...cookies, ...set],
    Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  );
}

function headerLines({ headers = {}, multiValueHeaders = {} }: GatewayResult): [name: string, value: string][] {
  const entries = [...Object.entries(headers), ...Object.entries(multiValueHeaders)];
  return entries.flatMap(([name, values]) =>
    [values].flat().map((value) => [name.toLowerCase(), String(value)] as [string, string]),
  );
}
