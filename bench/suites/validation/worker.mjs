// µs per validation of one value. A synchronous validator doesn't have to wait for a promise.
import assert from 'node:assert/strict';
import { microsecondsPerCall } from '../../measure/repeat.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, value, accepted, checks, timing } = readInput();
const { accepts } = await import(bundle);
for (const check of checks) assert.equal(await accepts(check.value), check.accepted, check.title);

async function validate(count) {
  for (let index = 0; index < count; index++) {
    const answer = accepts(value);
    if ((typeof answer === 'object' ? await answer : answer) !== accepted) throw new Error('It changed its mind');
  }
}

report(await microsecondsPerCall(validate, timing));
