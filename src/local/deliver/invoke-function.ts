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
export async function invokeFunction(url: string, event: unknown, functionName = LOCAL_FUNCTION): Promise<InvocationResult> {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const response = await post(new URL(path, addressOf(url)), JSON.stringify(event));
  const text = await response.text();
  if (!response.headers.has('x-amz-executed-version')) {
    throw new BootstrapError(`${url} did not take the event, and answered ${response.status}: ${text.slice(0, 200)}`);
  }
  return { failed: response.headers.has('x-amz-function-error'), payload: dataOf(text) };
}

function addressOf(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new BootstrapError(`--url takes an address as in http://localhost:3000, not "${url}".`);
}

async function post(url: URL, body: string): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  } catch (cause) {
    throw new BootstrapError(`Nobody answers at ${url.origin}: start the application, or say with --url where it listens.`, { cause });
  }
}

/** What a function streams need not be JSON. */
function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
