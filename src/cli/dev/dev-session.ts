import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadRolldown } from '../../build/bundle.js';
import { listen } from '../../local/listen.js';
import { messageOf } from '../../shared/thrown.js';
import { paint } from '../framework/colors.js';
import { CommandError } from '../framework/command-error.js';
import type { CommandContext } from '../framework/command.js';
import { type ProjectFunctions, projectFunctions } from '../project/package-json.js';
import type { DevSettings } from './dev-settings.js';
import { readEnvironment } from './env-file.js';
import { FileWatcher } from './file-watcher.js';
import { FunctionPool } from './functions/function-pool.js';
import type { LiveFunction, LiveFunctionObserver } from './functions/live-function.js';
import { makeSessionFolder } from './functions/session-folder.js';
import { DevLog } from './log/dev-log.js';
import type { Variables } from './runtime/process-messages.js';
import { EmulatedMessaging } from './server/emulated-messaging.js';
import { frontServer } from './server/front-server.js';
import { StartupBanner } from './server/startup-banner.js';

/** Everything that `lambent dev` runs: functions, server, queues and file watcher. */
export class DevSession implements LiveFunctionObserver {
  readonly #log: DevLog;
  readonly #pool: FunctionPool;
  readonly #cache: string;
  readonly #server: Server;
  readonly #watcher = new FileWatcher((paths) => this.#changed(paths));
  readonly #banner: StartupBanner;
  readonly #messages: EmulatedMessaging;

  constructor(
    private readonly settings: DevSettings,
    { terminal, colors = false }: CommandContext,
  ) {
    const { root, runtime, serve, queues } = settings;
    this.#cache = makeSessionFolder(root);
    const { raw, verbose } = settings;
    this.#log = new DevLog({ root, terminal, colored: colors, raw, verbose, columns });
    const project = {
      root,
      runtime,
      cache: this.#cache,
      streaming: serve.streaming === true,
      environment: () => this.#environment(),
      inspector: (name: string) => this.#inspector(name),
    };
    this.#pool = new FunctionPool(project, this, settings.front);
    this.#messages = new EmulatedMessaging({
      queues,
      timeout: serve.timeout,
      terminal: this.#log.terminal,
      pool: this.#pool,
      events: this.#log.events,
      environment: () => this.#ownEnvironment(),
    });
    this.#banner = new StartupBanner({
      pool: this.#pool,
      messages: this.#messages,
      source: serve.source,
      paint: paint(colors),
      columns,
      print: (text) => this.#log.print(text),
    });
    this.#server = frontServer({ pool: this.#pool, events: this.#log.events, serve, terminal: this.#log.terminal });
  }

  /** @throws CommandError for an unknown function, an address that cannot be used, or too many files to watch. */
  async start(): Promise<void> {
    const { root, serve, front } = this.settings;
    const functions = projectFunctions(root);
    // Fails now rather than at each compilation, because no change of a file would help.
    await loadRolldown();
    refuseUnknown(front, Object.keys(functions));
    await this.#messages.start();
    // The first request can arrive as soon as the server listens, so the functions start right after it.
    const url = await listen(this.#server, serve.port, serve.host).catch(refuseAddress);
    this.#banner.url = url;
    this.#log.print(`Starting ${Object.keys(functions).join(', ')} on ${url}`);
    this.#update(functions);
    this.#watcher.watch(this.#watchedFiles());
  }

  /** Stops everything, and resolves when nothing is left. */
  async close(): Promise<void> {
    this.#watcher.close();
    this.#server.close();
    this.#messages.hold();
    await Promise.all(this.#pool.all.map((fn) => fn.close()));
    this.#server.closeAllConnections();
    await this.#messages.close();
    rmSync(this.#cache, { recursive: true, force: true });
  }

  /** Stops everything at once. */
  kill(): void {
    for (const fn of this.#pool.all) fn.kill();
    rmSync(this.#cache, { recursive: true, force: true });
  }

  output(...args: Parameters<LiveFunctionObserver['output']>): void {
    this.#log.output(...args);
  }

  starting(): void {
    this.#messages.hold();
  }

  async planned(): Promise<Variables> {
    const before = this.#messages.variables;
    try {
      await this.#messages.declare();
    } catch (error) {
      this.#log.warnOnce(messageOf(error));
    }
    const { variables } = this.#messages;
    // A function may send to a queue that another one declares.
    if (!isDeepStrictEqual(before, variables)) for (const fn of this.#pool.all) fn.setVariables(variables);
    return variables;
  }

  started(fn: LiveFunction, milliseconds: number): void {
    this.#log.started(fn, milliseconds);
    this.#watch();
    void this.#banner.show();
    void this.#messages.release();
  }

  failed(fn: LiveFunction, error: Error): void {
    this.#log.failed(fn, error);
    this.#watch();
    void this.#banner.show();
  }

  lazyMistakes(fn: LiveFunction, errors: readonly Error[]): void {
    this.#log.lazyMistakes(fn, errors);
  }

  ended(fn: LiveFunction, how: string): void {
    this.#log.ended(fn, how);
  }

  draining(fn: LiveFunction): void {
    this.#log.draining(fn);
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...this.#messages.variables, ...this.#ownEnvironment() };
  }

  #ownEnvironment(): NodeJS.ProcessEnv {
    const { envFile, variables } = this.settings;
    return readEnvironment(envFile, variables);
  }

  #inspector(name: string): number | undefined {
    const { inspect } = this.settings;
    return inspect && inspect + this.#pool.names.indexOf(name);
  }

  #update(functions: ProjectFunctions): void {
    this.#log.severalFunctions = Object.keys(functions).length > 1;
    this.#pool.update(functions);
  }

  /** Watches the current files. If that fails, the functions still run. */
  #watch(): void {
    try {
      this.#watcher.watch(this.#watchedFiles());
    } catch (error) {
      this.#log.warnOnce(messageOf(error));
    }
  }

  #watchedFiles(): string[] {
    return [...this.#sharedFiles(), ...this.#pool.all.flatMap(({ sources }) => [...sources])];
  }

  /** Files that every function depends on. */
  #sharedFiles(): string[] {
    const { root, envFile } = this.settings;
    return [envFile.path, join(root, 'package.json'), join(root, 'tsconfig.json')];
  }

  #changed(paths: readonly string[]): void {
    this.#log.changed(paths);
    const affectsAll = paths.some((path) => this.#sharedFiles().includes(path));
    const affected = this.#pool.all.filter(({ sources }) => affectsAll || paths.some((path) => sources.has(path)));
    if (affectsAll && !this.#reloadFunctions()) return;
    for (const fn of affected) if (this.#pool.all.includes(fn)) fn.restart(affectsAll);
    this.#watch();
  }

  /** @returns `false` if package.json is invalid, as it may be while it is being written. */
  #reloadFunctions(): boolean {
    try {
      this.#update(projectFunctions(this.settings.root));
      return true;
    } catch (error) {
      this.#log.print(`${messageOf(error)}\nRunning functions are unchanged. Fix package.json to reload them.`);
      return false;
    }
  }
}

/** Read for each line, because a terminal can be resized. */
function columns(): number | undefined {
  return process.stdout.columns;
}

function refuseUnknown(front: string | undefined, names: readonly string[]): void {
  if (front === undefined || names.includes(front)) return;
  throw new CommandError(`Unknown function "${front}" in --function. package.json has ${names.join(', ')}.`);
}

/** Turns the system's error into one that needs no stack. */
function refuseAddress(error: Error): never {
  throw new CommandError(error.message.replace('the option "port"', '--port'), { cause: error });
}
