import { SERVE_FLAGS } from '../../local/parse-arguments.js';
import { defineCommand } from '../framework/command.js';
import { DevSession } from './dev-session.js';
import { devSettings } from './dev-settings.js';

export const command = defineCommand({
  name: 'dev',
  about:
    'Run the functions of a project locally, and restart them when a file changes. To send events other than\n' +
    'HTTP requests, use "lambent invoke". Press Ctrl-C to stop.',
  positionals: [],
  flags: {
    ...SERVE_FLAGS,
    function: {
      type: 'string',
      value: 'name',
      about: 'Function that gets HTTP requests (default: the first with routes)',
    },
    queues: { type: 'string', value: 'names', about: 'SQS queues to start besides those that the application names' },
    'env-file': { type: 'string', value: 'path', about: 'File with environment variables (default: .env)' },
    inspect: {
      type: 'string',
      value: 'port',
      about: 'Debugger port of the function, such as 9229; further functions get the next ports',
    },
    verbose: { type: 'boolean', about: 'Show all fields of log lines, and a line for each record' },
    json: { type: 'boolean', about: 'Print log lines unformatted' },
  },
  examples: [
    ['dev', 'Serve src/handler.ts on http://localhost:3000'],
    ['dev --source v1 --port 4000', 'Emulate a REST API'],
    ['dev --queues orders', 'Start a queue that nothing in the application names'],
    ['dev --inspect 9229 --timeout 900', 'Debug, with a longer timeout'],
    ['dev --json | jq .path', 'Pipe the log to another program'],
  ],
  async run(values, _args, context) {
    const session = new DevSession(devSettings(values, context), context);
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

/** Milliseconds in which one Ctrl-C may arrive twice, from the terminal and from npm. */
const SAME_SIGNAL = 500;

/**
 * Resolves at the first signal to stop. A second signal ends the process at once.
 *
 * @param kill ends everything that must not outlive the process.
 */
function untilStopped(kill: () => void): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (): void => {
      resolve();
      first ??= performance.now();
      if (performance.now() - first < SAME_SIGNAL) return;
      kill();
      process.exit(130);
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
