// Milliseconds from the call of `start` to a handler, with the code already loaded.
import { readInput, report } from '../../measure/worker.mjs';

const { bundle, size } = readInput();
const { start } = await import(bundle);
const started = performance.now();
await start(size);
report(performance.now() - started);
