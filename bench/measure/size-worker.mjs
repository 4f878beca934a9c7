// Measures how much of a bundle Node has read after the first event. Chunks that were not loaded don't count.
import { statSync } from 'node:fs';
import { Session } from 'node:inspector';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

const own = [...loaded].filter((url) => url.startsWith(pathToFileURL(folder).href));
const bytes = own.reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
report(bytes / 1000);
