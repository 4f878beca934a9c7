import type { IncomingMessage } from 'node:http';

/**
 * Puts JSON at a presigned URL.
 *
 * @throws Error when it can't be reached within 10 s, or when it answers anything but 2xx.
 */
export async function putJson(url: string, content: unknown): Promise<void> {
  const body = Buffer.from(JSON.stringify(content));
  const { statusCode = 0 } = await put(new URL(url), body);
  if (statusCode < 200 || statusCode > 299) throw new Error(`The response URL answered with ${statusCode}`);
}

async function put(url: URL, body: Buffer): Promise<IncomingMessage> {
  const { request } = url.protocol === 'http:' ? await import('node:http') : await import('node:https');
  return new Promise((resolve, reject) => {
    // A content type would have to be part of the signature; CloudFormation signs for none.
    const headers = { 'content-type': '', 'content-length': body.length };
    const sent = request(url, { method: 'PUT', headers, signal: AbortSignal.timeout(10_000) }, (answer) => {
      answer.resume().once('end', () => resolve(answer)).once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}
