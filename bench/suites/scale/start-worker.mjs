// Milliseconds from the import of a bundle to its first response: loading, bootstrap and one event.
import assert from 'node:assert/strict';
import { httpEvent } from '../../http-event.mjs';
import { lambdaContext } from '../../lambda-context.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle } = readInput();
const event = httpEvent({ path: '/c0/items/42' });
const started = performance.now();
const { handler } = await import(bundle);
const { statusCode, body } = await handler(event, lambdaContext());
const took = performance.now() - started;
assert.deepEqual({ statusCode, body: JSON.parse(body) }, { statusCode: 200, body: { id: '42' } });
report(took);
