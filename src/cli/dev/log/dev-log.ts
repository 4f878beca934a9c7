import { relative } from 'node:path';
import { errorText } from '../../framework/errors.js';
import { type Paint, paint, printable, type Terminal } from '../../framework/terminal.js';
import { type FunctionProcess, ToldError } from '../functions/function-process.js';
import type { LiveFunction, LiveFunctionObserver } from '../functions/live-function.js';
import { errorReport } from './error-report.js';
import { eachLine, LogView } from './log-view.js';
import { RecentEvents } from './recent-events.js';

export interface DevLogOptions {
  /** The project's folder. */
  readonly root: string;
  readonly terminal: Terminal;
  readonly colored: boolean;
  /** Shows lines as they are written; what the command itself has to say goes to where errors go. */
  readonly raw: boolean;
}

/** All that is printed: what functions write, and how they fare. */
export class DevLog implements Pick<LiveFunctionObserver, 'output' | 'started' | 'failed' | 'ended' | 'spent'> {
  readonly events = new RecentEvents();
  /** Whether lines are told by the name of their function. */
  severalFunctions = false;

  readonly #paint: Paint;
  readonly #complained = new Set<string>();

  constructor(private readonly options: DevLogOptions) {
    this.#paint = paint(options.colored);
  }

  /** Something that the command itself says. */
  say(text: string): void {
    const { terminal, raw } = this.options;
    if (raw) terminal.error(text);
    else terminal.log(text);
  }

  /** Something that is wrong, and will be until somebody sees to it: it is said once. */
  complain(text: string): void {
    if (this.#complained.has(text)) return;
    this.#complained.add(text);
    this.say(this.#paint('red', text));
  }

  /** For what the emulator notices: errors of functions have been told with their stacks by then. */
  get terminal(): Terminal {
    const { terminal } = this.options;
    return {
      log: (text: string) => this.say(text),
      error: (text: string) => terminal.error(this.#paint('yellow', printable(text))),
    };
  }

  output(name: string, { stdout, stderr }: FunctionProcess['output']): void {
    const { terminal, root } = this.options;
    const view = new LogView({ root, paint: this.#paint, events: this.events });
    eachLine(stdout, (line) => {
      if (this.options.raw) terminal.log(line);
      else for (const shown of view.show(line)) terminal.log(this.#labelled(name, shown));
    });
    eachLine(stderr, (line) => terminal.error(this.options.raw ? line : this.#labelled(name, line)));
  }

  changed(paths: readonly string[]): void {
    const [first = '', ...more] = paths.map((path) => relative(this.options.root, path));
    this.say(this.#paint('dim', `Changed: ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`));
  }

  started({ name }: LiveFunction, milliseconds: number): void {
    this.say(this.#paint('green', `${name} runs, after ${Math.round(milliseconds)} ms`));
  }

  failed({ name }: LiveFunction, error: Error): void {
    if (!(error instanceof ToldError)) this.say(this.#textOf(error));
    this.say(this.#paint('red', `${name} does not run. Mend it and save: it starts again with the next change.`));
  }

  ended({ name }: LiveFunction, how: string): void {
    this.say(this.#paint('yellow', `The process of ${name} ended with ${how}. The next event starts another one.`));
  }

  spent({ name }: LiveFunction): void {
    this.say(
      this.#paint('yellow', `The process of ${name} answers what it has, and ends. The next event starts another one.`),
    );
  }

  #labelled(name: string, line: string): string {
    return this.severalFunctions ? `${this.#paint('dim', `[${name}]`)} ${line}` : line;
  }

  #textOf(error: Error): string {
    const { colored, root } = this.options;
    return errorText(error, colored) ?? errorReport({ stack: String(error.stack) }, root, this.#paint).join('\n');
  }
}
