// A function as the platform runs it: one runtime process behind one Runtime API.
import { setTimeout as sleep } from 'node:timers/promises';
import { startRuntimeApi } from './runtime-api.mjs';
import { spawnRuntime } from './runtime-process.mjs';

/** Set by scripts/test-runtime.mjs, which runs the tests once for each Node. */
export function runtimeUnderTest() {
  const { RUNTIME_NODE: node, RUNTIME_MAJOR: major, RUNTIME_CLIENT: client } = process.env;
  if (!node || !major || !client) throw new Error('Run these tests with: npm run test:runtime');
  return { node, major: Number(major), client };
}

/**
 * Starts the process at once, as a cold start does; it initialises before the first invocation comes.
 *
 * @param options.taskRoot absolute path of the folder that would be `/var/task`
 * @param options.handler `file.export`, `index.handler` unless given
 * @param options.env the function's variables
 */
export async function startFunction({ taskRoot, handler = 'index.handler', env = {} }) {
  const api = await startRuntimeApi();
  const runtime = spawnRuntime({ ...runtimeUnderTest(), taskRoot, handler, env, apiPort: api.port });
  runtime.exited.then((exit) => api.end({ kind: 'exit', ...exit }));
  return new LambdaFunction(api, runtime);
}

class LambdaFunction {
  #api;
  #runtime;

  constructor(api, runtime) {
    this.#api = api;
    this.#runtime = runtime;
  }

  /** Lines so far. `console.log` in a handler comes with the runtime's own prefix. */
  get stdout() {
    return this.#runtime.stdout;
  }

  get stderr() {
    return this.#runtime.stderr;
  }

  /** The lines on stdout that are JSON objects: access log and logger. */
  get logs() {
    return this.stdout.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }

  /**
   * The first `count` of {@link logs}: a line may take longer through its pipe than the answer takes through its socket.
   */
  async firstLogs(count) {
    while (this.logs.length < count) await sleep(5);
    return this.logs.slice(0, count);
  }

  /** See `RuntimeApi.invoke`; after a timeout the process is gone, as on Lambda. */
  async invoke(event, options) {
    const result = await this.#api.invoke(event, options);
    if (result.kind === 'timeout') await this.#runtime.kill('SIGKILL');
    return result;
  }

  freeze() {
    this.#runtime.freeze();
  }

  thaw() {
    this.#runtime.thaw();
  }

  kill(signal) {
    return this.#runtime.kill(signal);
  }

  get exited() {
    return this.#runtime.exited;
  }

  async stop() {
    await this.#runtime.kill('SIGKILL');
    await this.#api.close();
  }
}
