// µs per event while one process handles `size` invocations at once, as on Lambda Managed Instances.
import { lambdaContext } from '../../lambda-context.mjs';
import { microsecondsPerCall } from '../../measure/repeat.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, event, size, timing } = readInput();
const { handler } = await import(bundle);
const text = JSON.stringify(event);

async function invoke(number) {
  return JSON.stringify(await handler(JSON.parse(text), lambdaContext(`8476a536-e9f4-11e8-9739-${number}`)));
}

async function serve(count) {
  for (let index = 0; index < count; index++)
    await Promise.all(Array.from({ length: size }, (_, number) => invoke(number)));
}

report((await microsecondsPerCall(serve, timing)) / size);
