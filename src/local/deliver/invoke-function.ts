import { once } from 'node:events';
import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { BootstrapError } from '../../errors/bootstrap-error.js';

/** The name for the only function that `serve` runs. */
export const LOCAL_FUNCTION = 'local';

/** The outcome of an invocation. */
export interface InvocationResult {
  /** Whether the function failed. */
  failed: boolean;
  /** The function's result, or its error. */
  payload: unknown;
}

/**
 * Sends an event to an application that `serve` runs, through Lambda's Invoke API, and waits for its result.
 *
 * @param url The URL that `serve` printed.
 * @param functionName The function to invoke when several run. `serve` accepts any name.
 * @throws BootstrapError when no application listens at the URL.
 */
export async function invokeFunction(
  url: string,
  event: unknown,
  functionName = LOCAL_FUNCTION,
): Promise<InvocationResult> {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const response = await post(new URL(path, addressOf(url)), JSON.stringify(event));
  const body = await readText(response);
  if (response.headers['x-amz-executed-version'] === undefined) {
    throw new BootstrapError(
      `${url} did not accept the event. It responded with ${response.statusCode}: ${body.slice(0, 200)}`,
    );
  }
  return { failed: response.headers['x-amz-function-error'] !== undefined, payload: parsePayload(body) };
}

function addressOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new BootstrapError(`--url takes a URL such as http://localhost:3000, not "${url}".`);
}

/** Sends a POST request. Not with `fetch`, which times out after five minutes: functions may stop at a breakpoint. */
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
      `Nothing is listening at ${url.origin}: start the application, or pass its URL with --url.`,
      { cause },
    );
  }
}

/** Parses a result. A streamed response may be any text. */
function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
