import { SERVE_FLAGS } from '../../local/parse-arguments.js';
import { defineCommand } from '../framework/command.js';
import { DevSession } from './dev-session.js';
import { devSettings } from './dev-settings.js';

export const command = defineCommand({
  name: 'dev',
  about: `Runs the functions of a project as AWS would, and again when a file of theirs changes. Any event is taken at Lambda's own path:
see "lambent invoke". Ctrl-C ends it.`,
  takes: [],
  flags: {
    ...SERVE_FLAGS,
    function: {
      type: 'string',
      value: 'name',
      about: 'the one that requests go to; the first with routes unless given',
    },
    queues: { type: 'string', value: 'names', about: 'SQS queues to start, as in orders,shipments.fifo' },
    'env-file': {
      type: 'string',
      value: 'path',
      about: 'variables of the environment; .env, where there is one, unless given',
    },
    inspect: {
      type: 'string',
      value: 'port',
      about: 'where a debugger finds the function, as in 9229; of several each has the next port',
    },
    json: { type: 'boolean', about: 'shows the log as it is written' },
  },
  examples: [
    ['dev', 'the handler of src/handler.ts, on http://localhost:3000'],
    ['dev --source v1 --port 4000', 'as a REST API would call it'],
    ['dev --queues orders', "with a queue, whose messages reach @OnSqs('orders')"],
    ['dev --inspect 9229 --timeout 900', 'for a debugger, with time to look'],
    ['dev --json | jq .path', 'the log for another program'],
  ],
  async run(values, _taken, workplace) {
    const session = new DevSession(devSettings(values, workplace), workplace);
    const stopped = untilStopped(() => session.kill());
    try {
      await session.start();
      await stopped;
    } finally {
      await session.close();
    }
  },
});

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Milliseconds in which the same Ctrl-C may come again: from the terminal, and handed on by npm. */
const SAME = 500;

/**
 * Resolves when somebody asks the process to end. Who asks again can't wait: that ends it at once.
 *
 * @param kill what must not be left running then.
 */
function untilStopped(kill: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (): void => {
      resolve();
      first ??= performance.now();
      if (performance.now() - first < SAME) return;
      kill();
      process.exit(130);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
