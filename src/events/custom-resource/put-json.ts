import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Puts JSON to a presigned URL. Retries failures that may be temporary, as long as there is time.
 *
 * @param timeLeft Returns the milliseconds that are left.
 * @throws Error if the URL cannot be reached, or responds with anything but 2xx.
 */
export async function putJson(url: URL, json: string, timeLeft: () => number): Promise<void> {
  const body = Buffer.from(json);
  for (let attempt = 1; ; attempt++) {
    const problem = await problemOf(put(url, body, Math.min(ATTEMPT_TIMEOUT, timeLeft())));
    if (!problem) return;
    const wait = 100 * 2 ** attempt;
    if (!problem.retryable || attempt === MAX_ATTEMPTS || timeLeft() < wait + 100) throw problem.error;
    await pause(wait);
  }
}

const MAX_ATTEMPTS = 5;
/** In milliseconds. */
const ATTEMPT_TIMEOUT = 10_000;

interface Problem {
  readonly error: Error;
  readonly retryable: boolean;
}

async function problemOf(response: Promise<IncomingMessage>): Promise<Problem | undefined> {
  try {
    const { statusCode = 0 } = await response;
    if (statusCode >= 200 && statusCode <= 299) return undefined;
    return {
      error: new Error(`The response URL responded with status ${statusCode}`),
      retryable: statusCode >= 500 || statusCode === 429,
    };
  } catch (error) {
    return { error: error as Error, retryable: true };
  }
}

async function put(url: URL, body: Buffer, milliseconds: number): Promise<IncomingMessage> {
  const { request } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  return new Promise((resolve, reject) => {
    // A content type would have to be part of the signature, and CloudFormation signs for an empty one.
    const headers = { 'content-type': '', 'content-length': body.length };
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
    const sent = request(url, { method: 'PUT', headers, signal }, (response) => {
      response
        .resume()
        .once('end', () => resolve(response))
        .once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}
