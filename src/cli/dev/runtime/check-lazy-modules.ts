import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { watchPlans } from '../../../application/plan/plan-watcher.js';
import { describeError, type FunctionError } from '../../../local/invoke/function-error.js';
import { installAwsLambda } from '../../../local/invoke/response-stream.js';
import { lazyMistakes } from '../../project/lazy-mistakes.js';

// The process that checks the lazy modules of a function: in the function's own process, importing them would delay its
// events. It sends their mistakes, once. Nothing is created, because applications wait here until the process ends.

const [file, streaming] = process.argv.slice(2);
const found: FunctionError[] = [];
let applications = 0;

// Errors that nobody awaits, such as that of a connection, are not of a lazy module.
process.on('uncaughtException', () => undefined);
process.on('unhandledRejection', () => undefined);
// The function itself goes first.
setPriority(constants.priority.PRIORITY_LOW);
if (streaming === 'streaming') installAwsLambda();
watchPlans(async (_, { lazyModules = [], lazyPlanner }) => {
  applications++;
  if (lazyPlanner) found.push(...(await lazyMistakes(lazyModules, await lazyPlanner())).map(describeError));
  applications--;
  if (applications === 0) process.send!(found, () => process.exit());
  await new Promise(() => undefined);
});
await import(pathToFileURL(file!).href).catch(() => undefined);
