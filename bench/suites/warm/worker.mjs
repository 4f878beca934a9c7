// Handles one scenario repeatedly, from the event as JSON text to the result as JSON text.
import { lambdaContext } from '../../lambda-context.mjs';
import { microsecondsPerCall } from '../../measure/repeat.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, event, timing } = readInput();
const { handler } = await import(bundle);
const text = JSON.stringify(event);
let written = 0;

async function serve(count) {
  for (let index = 0; index < count; index++) {
    const result = await handler(JSON.parse(text), lambdaContext());
    written += JSON.stringify(result).length;
  }
}

const microseconds = await microsecondsPerCall(serve, timing);
if (written === 0) throw new Error('Nothing was answered');
report(microseconds);
