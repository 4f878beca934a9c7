// MB after the first events, and after many more. Needs --expose-gc.
import { lambdaContext } from '../../lambda-context.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, events, count } = readInput();
const { handler } = await import(bundle);
const texts = events.map((event) => JSON.stringify(event));

async function serve(times) {
  for (let index = 0; index < times; index++) {
    const text = texts[index % texts.length];
    JSON.stringify(await handler(JSON.parse(text), lambdaContext()));
    // Lets timers and I/O run, as between two events.
    if (index % 100 === 0) await new Promise(setImmediate);
  }
}

async function megabytes() {
  await new Promise(setImmediate);
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
}

await serve(texts.length);
const rest = await megabytes();
await serve(count);
report({ rest, after: await megabytes() });
