// Measures how much of a bundle Node has read after the first event. Chunks that were not loaded don't count.
import { existsSync, statSync } from 'node:fs';
import { Session } from 'node:inspector';
import { basename, join } from 'node:path';
import { lambdaContext } from '../lambda-context.mjs';
import { readInput, report } from './worker.mjs';

const { bundle, folder, event } = readInput();
const { handler } = await import(bundle);
await handler(event, lambdaContext());

const loaded = new Set();
const session = new Session();
session.connect();
session.on('Debugger.scriptParsed', ({ params }) => loaded.add(params.url));
session.post('Debugger.enable');

// By file name: on Node 20, V8 gives a script with a code cache the path that it had in the build.
const files = new Set([...loaded].map((url) => join(folder, basename(url))));
const bytes = [...files].filter(existsSync).reduce((sum, file) => sum + statSync(file).size, 0);
report(bytes / 1000);
