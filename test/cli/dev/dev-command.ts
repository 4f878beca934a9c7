import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '../../package/manifest.js';
import { until } from '../../until.js';
import { Workshop } from '../workshop.js';

export const program = join(repository, 'dist/esm/cli/main.js');
const PACKAGES = [
  'lambent',
  'class-transformer',
  'class-validator',
  'reflect-metadata',
  'tsyringe',
  'rolldown',
  '@aws-sdk/client-sqs',
  '@aws-sdk/client-sns',
  '@aws-sdk/client-eventbridge',
  '@aws-sdk/client-s3',
];

/** A project whose packages are links to those of this repository. */
export function devProject(files: Readonly<Record<string, string>>): Workshop {
  const manifest = {
    name: 'shop',
    type: 'module',
    dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '*'])),
  };
  const workshop = new Workshop({ 'package.json': JSON.stringify(manifest), 'tsconfig.json': TSCONFIG, ...files });
  for (const name of PACKAGES) {
    const target = join(workshop.folder, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(name === 'lambent' ? repository : join(repository, 'node_modules', name), target, 'dir');
  }
  return workshop;
}

const TSCONFIG =
  '{ "compilerOptions": { "target": "es2022", "experimentalDecorators": true, "emitDecoratorMetadata": true } }';

/** A handler that answers with a text, whatever is asked. */
export function answering(text: string): string {
  return `export const handler = async (): Promise<string> => ${JSON.stringify(text)};\n`;
}

/** `lambent dev` as it is called in a terminal, and what it prints. */
export class DevCommand {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly closed: Promise<[code: number | null, signal: string | null]>;

  constructor(folder: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
    this.#child = spawn(process.execPath, [program, 'dev', '--port', '0', ...flags], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.closed = once(this.#child, 'close') as DevCommand['closed'];
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** The processes that it has started and that live, as Linux lists them. */
  children(): number[] {
    const list = `/proc/${this.pid}/task/${this.pid}/children`;
    return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
  }

  /** Waits until it has printed something. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    return until(
      `${pattern} in:`,
      () => pattern.exec(this.output),
      () => this.output,
    );
  }

  async url(): Promise<string> {
    return (await this.printed(/Listening on (\S+)/))[1]!;
  }

  async get(path = '/'): Promise<string> {
    return (await fetch((await this.url()) + path)).text();
  }

  /** Waits for an answer that is another one than before. */
  async answers(text: string, path = '/'): Promise<void> {
    let last = '';
    await until(
      `the answer ${text} instead of`,
      async () => (last = await this.get(path)).includes(text),
      () => last + this.output,
    );
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<[code: number | null, signal: string | null]> {
    this.signal('SIGINT');
    return this.closed;
  }
}

/** Whether a process lives. */
export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What is left of compiled functions. */
export function leftovers({ folder }: Workshop): string[] {
  const cache = join(folder, 'node_modules/.cache/lambent');
  return existsSync(cache) ? readdirSync(cache) : [];
}

/** Commands in projects of their own; `end` belongs into `afterEach`. */
export class DevCommands {
  readonly #commands: DevCommandAndProject[] = [];

  readonly start = (
    files: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): DevCommandAndProject => {
    const command = new DevCommandAndProject(devProject(files), flags, env);
    this.#commands.push(command);
    return command;
  };

  readonly end = async (): Promise<void> => {
    for (const command of this.#commands.splice(0)) {
      await command.stop();
      rmSync(command.workshop.folder, { recursive: true, force: true });
    }
  };
}

class DevCommandAndProject extends DevCommand {
  constructor(
    readonly workshop: Workshop,
    flags: readonly string[],
    env: NodeJS.ProcessEnv,
  ) {
    super(workshop.folder, flags, env);
  }
}
