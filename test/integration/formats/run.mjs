// Sends events to the handlers of an application, and prints its answers and its log lines as JSON.
//   node run.mjs <import | require> <entry> <file of events>
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const [way, entry, eventsFile] = process.argv.slice(2);
const context = { awsRequestId: 'lambda-id', functionName: 'formats', getRemainingTimeInMillis: () => 5_000 };

const write = process.stdout.write.bind(process.stdout);
let written = '';
process.stdout.write = (chunk) => {
  written += chunk;
  return true;
};

const load = way === 'require' ? createRequire(import.meta.url) : (path) => import(pathToFileURL(path).href);
const application = await load(entry);
const outcomes = [];
for (const { handler, event } of JSON.parse(readFileSync(eventsFile, 'utf8'))) {
  outcomes.push(await exchange(application[handler], event));
}
const requiresModules = process.features.require_module === true;
write(JSON.stringify({ outcomes, oneCopy: application.oneCopy, requiresModules, ...application.builtBy }));

async function exchange(handler, event) {
  const answer = await handler(event, context).catch(({ name, message }) => ({ thrown: { name, message } }));
  await setImmediate();
  const lines = written.split('\n').filter((line) => line !== '');
  written = '';
  return { answer, log: lines.map((line) => JSON.parse(line)) };
}
