import type { LambdaHandler } from '../application/lambda-application.js';
import { fakeContext, type FakeContextOptions } from './fake-context.js';
import {
  checkedSample,
  type HttpEventRequest,
  httpEvents,
  isReadLater,
  readPayload,
  REQUEST_NAMES,
} from './http-events.js';

/** A request for `inject`, the source that it comes through, and the time that is left for it. */
export interface InjectRequest extends HttpEventRequest, FakeContextOptions {
  /** The source whose event is built; `apiGatewayV2` unless given. */
  source?: keyof typeof httpEvents;
}

const NAMES: readonly (keyof InjectRequest)[] = [...REQUEST_NAMES, 'source', 'remainingTime'];

/**
 * Sends a request through a handler, as a genuine event of one source, and reads the result as a client would.
 *
 * @throws What the handler rejects with: Lambda would report it.
 */
export async function inject(
  app: { readonly handler: LambdaHandler },
  request: InjectRequest,
): Promise<InjectResponse> {
  const { source = 'apiGatewayV2', remainingTime, payload, ...rest } = checkedSample(request, NAMES, 'inject');
  if (!Object.hasOwn(httpEvents, source))
    throw new TypeError(`There is no source "${String(source)}"; it is one of ${Object.keys(httpEvents).join(', ')}.`);
  const sample = isReadLater(payload) ? await readPayload(rest, payload) : { ...rest, payload };
  return readResult(await app.handler(httpEvents[source](sample), fakeContext({ remainingTime })));
}

/** What a client would see of a handler's result. */
export class InjectResponse {
  constructor(
    readonly statusCode: number,
    /** By lower-case name, repeats joined with `, `. `set-cookie` is in {@link cookies}. */
    readonly headers: Readonly<Record<string, string>>,
    /** `Set-Cookie` values. */
    readonly cookies: readonly string[],
    /** The bytes of the body, base64 taken off. */
    readonly rawPayload: Buffer,
  ) {}

  /** The body as text. */
  get payload(): string {
    return this.rawPayload.toString('utf8');
  }

  /**
   * The body as JSON.
   *
   * @throws Error saying what was answered instead.
   */
  json<T = unknown>(): T {
    try {
      return JSON.parse(this.payload) as T;
    } catch (cause) {
      throw new Error(
        `The answer ${this.statusCode} has no JSON in its body: ${this.payload.slice(0, 200) || 'nothing'}`,
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

/** Reads the result of any HTTP source. */
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
