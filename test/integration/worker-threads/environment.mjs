// An execution environment as Managed Instances have it: worker threads that each load the function and handle many
// invocations at once. What a thread has answered is a line on stderr.
import { once } from 'node:events';
import { isMainThread, threadId, Worker } from 'node:worker_threads';

const THREADS = 2;
const AT_ONCE = 64;

if (isMainThread) {
  const threads = Array.from({ length: THREADS }, () => new Worker(new URL(import.meta.url)));
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
} else {
  const { app, made } = await import('./application.mjs');
  const { events, fakeContext } = await import('lambent/testing');
  const invoke = async (index) => {
    const id = `${threadId}-${index}`;
    const event = events.apiGatewayV2({ url: `/echo/${id}`, headers: { 'x-request-id': id } });
    const answer = await app.handler(event, { ...fakeContext(), xRayTraceId: `trace-${id}` });
    return { id, status: answer.statusCode, echoed: JSON.parse(answer.body), header: answer.headers['x-request-id'] };
  };
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => invoke(index)));
  process.stderr.write(`${JSON.stringify({ answers, made })}\n`);
}
