// The process of one execution environment: Node with AWS's runtime interface client in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * The flags that Lambda's own runtimes add, with which `require` finds no ES modules:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const LAMBDA_FLAGS = {
  20: ['--no-experimental-require-module'],
  22: ['--no-experimental-require-module', '--no-experimental-detect-module'],
};

/**
 * @param options.node the Node binary
 * @param options.major its major version
 * @param options.client the folder of `aws-lambda-ric`, built for that Node
 * @param options.taskRoot the folder that would be `/var/task`
 * @param options.handler as in the function's configuration, `index.handler`
 * @param options.apiPort where the Runtime API listens
 * @param options.env variables of the function
 */
export function spawnRuntime(options) {
  const { node, major, client, taskRoot, handler } = options;
  const { bin } = JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'));
  const entry = join(client, bin['aws-lambda-ric']);
  const child = spawn(node, [...(LAMBDA_FLAGS[major] ?? []), entry, handler], {
    cwd: taskRoot,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new RuntimeProcess(child);
}

class RuntimeProcess {
  stdout = [];
  stderr = [];
  #child;

  constructor(child) {
    this.#child = child;
    /** `{ code, signal }`, after the last line has been read. */
    this.exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));
    createInterface({ input: child.stdout }).on('line', (line) => this.stdout.push(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.stderr.push(line));
  }

  /** Resolves to the exit, which may be long after the signal or never: bound it with the test's timeout. */
  kill(signal) {
    this.#child.kill(signal);
    return this.exited;
  }

  /** Lambda stops the whole process between invocations; clocks go on. */
  freeze() {
    this.#child.kill('SIGSTOP');
  }

  thaw() {
    this.#child.kill('SIGCONT');
  }
}

function environment({ major, taskRoot, handler, apiPort, env }) {
  return {
    PATH: process.env.PATH,
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${major}.x`,
    AWS_LAMBDA_FUNCTION_NAME: 'lambent-test',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/lambent-test',
    AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${apiPort}`,
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: handler,
    ...env,
  };
}
