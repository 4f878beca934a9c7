// Handles each event once, and reports the contestant's errors.
import { lambdaContext } from '../../lambda-context.mjs';
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, events } = readInput();
const { handler } = await import(bundle);
const results = [];
for (const event of events) results.push(await handler(event, lambdaContext()));
report(results);
