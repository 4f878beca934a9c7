import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { loadRolldown } from '../../build/bundle.js';
import { listen } from '../../local/loopback-server.js';
import type { Workplace } from '../framework/command.js';
import { CommandError } from '../framework/errors.js';
import { projectFunctions } from '../project/package-json.js';
import { type DevSettings, readEnvironment } from './dev-settings.js';
import { FileWatcher } from './file-watcher.js';
import { makeSessionFolder } from './functions/function-compiler.js';
import { FunctionPool } from './functions/function-pool.js';
import type { LiveFunction, LiveFunctionObserver } from './functions/live-function.js';
import { DevLog } from './log/dev-log.js';
import { DevQueues } from './server/dev-queues.js';
import { frontServer } from './server/front-server.js';
import { StartupBanner } from './server/startup-banner.js';

/** The functions of a project, from the start of the command to its end. */
export class DevSession implements LiveFunctionObserver {
  readonly #log: DevLog;
  readonly #pool: FunctionPool;
  readonly #cache: string;
  readonly #server: Server;
  readonly #watcher = new FileWatcher((paths) => this.#changed(paths));
  #queues: DevQueues | undefined;
  readonly #introduction: StartupBanner;

  constructor(
    private readonly settings: DevSettings,
    { terminal, colors = false }: Workplace,
  ) {
    const { root, runtime, serve } = settings;
    this.#cache = makeSessionFolder(root);
    this.#log = new DevLog({ root, terminal, colored: colors, raw: settings.raw });
    const project = {
      root,
      runtime,
      cache: this.#cache,
      streaming: serve.streaming === true,
      environment: () => this.#environment(),
      inspector: (name: string) => this.#inspector(name),
    };
    this.#pool = new FunctionPool(project, this, settings.front);
    this.#introduction = new StartupBanner(this.#pool, serve.source, (text) => this.#log.say(text));
    this.#server = frontServer({ pool: this.#pool, events: this.#log.events, serve, terminal: this.#log.terminal });
  }

  /**
   * @throws CommandError for what is wrong from the start: no such function, an address that can't be had, too many
   *   files to watch.
   */
  async start(): Promise<void> {
    const { root, serve, queues, front } = this.settings;
    const functions = projectFunctions(root);
    // Without it no file that changes would help.
    await loadRolldown();
    refuseUnknown(front, Object.keys(functions));
    if (queues.length > 0)
      this.#queues = await DevQueues.start({
        names: queues,
        timeout: serve.timeout ?? 30,
        terminal: this.#log.terminal,
      });
    // From here on there are requests, and so functions at once.
    const url = await listen(this.#server, serve.port, serve.host).catch(refuseAddress);
    this.#introduction.url = url;
    this.#log.say(`Starting ${Object.keys(functions).join(', ')} on ${url}`);
    this.#take(functions);
    this.#watcher.watch(this.#files());
  }

  /** Ends everything, and resolves when nothing is left. */
  async close(): Promise<void> {
    this.#watcher.close();
    this.#server.close();
    this.#queues?.hold();
    await Promise.all(this.#pool.all.map((fn) => fn.close()));
    this.#server.closeAllConnections();
    await this.#queues?.close();
    rmSync(this.#cache, { recursive: true, force: true });
  }

  /** Ends everything at once. */
  kill(): void {
    for (const fn of this.#pool.all) fn.kill();
    rmSync(this.#cache, { recursive: true, force: true });
  }

  output(...told: Parameters<LiveFunctionObserver['output']>): void {
    this.#log.output(...told);
  }

  starting(): void {
    this.#queues?.hold();
  }

  started(fn: LiveFunction, milliseconds: number): void {
    this.#log.started(fn, milliseconds);
    this.#watch();
    void this.#introduction.show();
    void this.#queues?.release(this.#pool, this.#log.events);
  }

  failed(fn: LiveFunction, error: Error): void {
    this.#log.failed(fn, error);
    this.#watch();
    void this.#introduction.show();
  }

  ended(fn: LiveFunction, how: string): void {
    this.#log.ended(fn, how);
  }

  spent(fn: LiveFunction): void {
    this.#log.spent(fn);
  }

  #environment(): NodeJS.ProcessEnv {
    const { envFile, variables } = this.settings;
    return { ...this.#queues?.variables, ...readEnvironment(envFile, variables) };
  }

  #inspector(name: string): number | undefined {
    const { inspect } = this.settings;
    return inspect && inspect + this.#pool.names.indexOf(name);
  }

  #take(functions: ReturnType<typeof projectFunctions>): void {
    this.#log.severalFunctions = Object.keys(functions).length > 1;
    this.#pool.take(functions);
  }

  /** What can't be watched does not keep from running what is there. */
  #watch(): void {
    try {
      this.#watcher.watch(this.#files());
    } catch (error) {
      this.#log.complain((error as Error).message);
    }
  }

  /** Whose changes count. */
  #files(): string[] {
    return [...this.#ofAll(), ...this.#pool.all.flatMap(({ sources }) => [...sources])];
  }

  /** Files on which every function depends. */
  #ofAll(): string[] {
    const { root, envFile } = this.settings;
    return [envFile.path, join(root, 'package.json'), join(root, 'tsconfig.json')];
  }

  #changed(paths: readonly string[]): void {
    this.#log.changed(paths);
    const concernsAll = paths.some((path) => this.#ofAll().includes(path));
    const before = this.#pool.all.filter(({ sources }) => concernsAll || paths.some((path) => sources.has(path)));
    if (concernsAll && !this.#takeAgain()) return;
    for (const fn of before) if (this.#pool.all.includes(fn)) fn.restart(concernsAll);
    this.#watch();
  }

  /** @returns whether package.json could be read, which it may not while it is being written. */
  #takeAgain(): boolean {
    try {
      this.#take(projectFunctions(this.settings.root));
      return true;
    } catch (error) {
      this.#log.say(`${(error as Error).message}\nWhat runs goes on, until package.json is mended.`);
      return false;
    }
  }
}

function refuseUnknown(front: string | undefined, names: readonly string[]): void {
  if (front === undefined || names.includes(front)) return;
  throw new CommandError(`--function names "${front}", and package.json has ${names.join(', ')}.`);
}

/** What the system has against an address is whole without a stack. */
function refuseAddress(error: Error): never {
  throw new CommandError(error.message.replace('the option "port"', '--port'), { cause: error });
}
