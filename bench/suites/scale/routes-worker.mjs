// µs per event, with requests for all routes in turn.
import assert from 'node:assert/strict';
import { routePatterns } from '../../contestants/shared/route-patterns.mjs';
import { httpEvent } from '../../http-event.mjs';
import { lambdaContext } from '../../lambda-context.mjs';
import { microsecondsPerCall } from '../../measure/repeat.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, size, timing } = readInput();
const { start, handler = await start(size) } = await import(bundle);
const texts = routePatterns(size).map((pattern) => JSON.stringify(httpEvent({ path: pattern.replace(':id', '42') })));
for (const text of texts) {
  const { statusCode, body } = await handler(JSON.parse(text), lambdaContext());
  assert.deepEqual({ statusCode, body: JSON.parse(body) }, { statusCode: 200, body: { id: '42' } });
}
let next = 0;
let written = 0;

async function serve(count) {
  for (let index = 0; index < count; index++) {
    const result = await handler(JSON.parse(texts[next++ % texts.length]), lambdaContext());
    written += JSON.stringify(result).length;
  }
}

const microseconds = await microsecondsPerCall(serve, timing);
assert.ok(written > 0);
report(microseconds);
