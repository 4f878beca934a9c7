import type { LambdaHandler } from '../application/lambda-application.js';
import { checkedSample } from './check-sample.js';
import { fakeContext, type FakeContextOptions } from './fake-context.js';
import { type HttpEventRequest, httpEvents, isReadLater, readPayload, REQUEST_NAMES } from './http-events.js';
import { type InjectResponse, readResult } from './inject-response.js';

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
export async function inject(app: { readonly handler: LambdaHandler }, request: InjectRequest): Promise<InjectResponse> {
  const { source = 'apiGatewayV2', remainingTime, payload, ...rest } = checkedSample(request, NAMES, 'inject');
  if (!Object.hasOwn(httpEvents, source))
    throw new TypeError(`There is no source "${String(source)}"; it is one of ${Object.keys(httpEvents).join(', ')}.`);
  const sample = isReadLater(payload) ? await readPayload(rest, payload) : { ...rest, payload };
  return readResult(await app.handler(httpEvents[source](sample), fakeContext({ remainingTime })));
}
