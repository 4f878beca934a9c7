import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Puts JSON at a presigned URL, again where that fails by chance, for as long as there is time.
 *
 * @param timeLeft Gives the milliseconds that there are.
 * @throws Error when it can't be reached, or when it answers anything but 2xx.
 */
export async function putJson(url: URL, json: string, timeLeft: () => number): Promise<void> {
  const body = Buffer.from(json);
  for (let attempt = 1; ; attempt++) {
    const problem = await problemOf(put(url, body, Math.min(ATTEMPT, timeLeft())));
    if (!problem) return;
    const wait = 100 * 2 ** attempt;
    if (!problem.again || attempt === ATTEMPTS || timeLeft() < wait + 100) throw problem.error;
    await pause(wait);
  }
}

const ATTEMPTS = 5;
/** Milliseconds that one attempt may take. */
const ATTEMPT = 10_000;

interface Problem {
  readonly error: Error;
  /** Whether it may be gone with the next attempt. */
  readonly again: boolean;
}

async function problemOf(answer: Promise<IncomingMessage>): Promise<Problem | undefined> {
  try {
    const { statusCode = 0 } = await answer;
    if (statusCode >= 200 && statusCode <= 299) return undefined;
    return {
      error: new Error(`The response URL answered with ${statusCode}`),
      again: statusCode >= 500 || statusCode === 429,
    };
  } catch (error) {
    return { error: error as Error, again: true };
  }
}

async function put(url: URL, body: Buffer, milliseconds: number): Promise<IncomingMessage> {
  const { request } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  return new Promise((resolve, reject) => {
    // A content type would have to be part of the signature; CloudFormation signs for none.
    const headers = { 'content-type': '', 'content-length': body.length };
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(milliseconds)));
    const sent = request(url, { method: 'PUT', headers, signal }, (answer) => {
      answer
        .resume()
        .once('end', () => resolve(answer))
        .once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}
