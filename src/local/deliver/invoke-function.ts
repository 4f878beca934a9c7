import { once } from 'node:events';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { BootstrapError } from '../../errors/bootstrap-error.js';

/** Whatever function there is. */
export const LOCAL_FUNCTION = 'local';

/** What came of an invocation. */
export interface InvocationResult {
  /** Whether the function failed; `payload` is its error then. */
  failed: boolean;
  payload: unknown;
}

/**
 * Sends an event to an application that `serve` runs, and waits for its result, in the protocol of Lambda's `Invoke`.
 *
 * @param url the address that `serve` printed.
 * @param functionName where several run; `serve` alone takes any.
 * @throws BootstrapError when nobody answers there, or somebody else does.
 */
export async function invokeFunction(
  url: string,
  event: unknown,
  functionName = LOCAL_FUNCTION,
): Promise<InvocationResult> {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const response = await post(new URL(path, addressOf(url)), JSON.stringify(event));
  const answer = await text(response);
  if (response.headers['x-amz-executed-version'] === undefined) {
    throw new BootstrapError(
      `${url} did not take the event, and answered ${response.statusCode}: ${answer.slice(0, 200)}`,
    );
  }
  return { failed: response.headers['x-amz-function-error'] !== undefined, payload: dataOf(answer) };
}

function addressOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new BootstrapError(`--url takes an address as in http://localhost:3000, not "${url}".`);
}

/** `fetch` gives up after five minutes, while a function may take longer, and stop at a breakpoint. */
async function post(url: URL, body: string): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? overHttps : overHttp;
  try {
    const sent = request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, agent: false }).end(
      body,
    );
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  } catch (cause) {
    throw new BootstrapError(
      `Nobody answers at ${url.origin}: start the application, or say with --url where it listens.`,
      { cause },
    );
  }
}

/** What a function streams need not be JSON. */
function dataOf(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return answer;
  }
}
