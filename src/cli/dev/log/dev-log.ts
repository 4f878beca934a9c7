import { relative } from 'node:path';
import type { Terminal } from '../../../local/terminal.js';
import { messageOf } from '../../../shared/thrown.js';
import { type Paint, paint, type Style } from '../../framework/colors.js';
import { errorMessage } from '../../framework/format-error.js';
import { printable } from '../../framework/printable.js';
import { type FunctionProcess, LoggedError } from '../functions/function-process.js';
import type { LiveFunction, LiveFunctionObserver } from '../functions/live-function.js';
import { ErrorReports } from './error-report.js';
import { eachLine, LogView } from './log-view.js';
import { RecentEvents } from './recent-events.js';

export interface DevLogOptions {
  /** The project's folder. */
  readonly root: string;
  readonly terminal: Terminal;
  readonly colored: boolean;
  /** Prints log lines unformatted, and the command's own messages to stderr. */
  readonly raw: boolean;
  /** Shows all fields of log lines. */
  readonly verbose: boolean;
  /** Returns the width of the terminal, if it has one. */
  readonly columns: () => number | undefined;
}

/** Prints the output of functions and their state. */
export class DevLog implements Pick<
  LiveFunctionObserver,
  'output' | 'started' | 'failed' | 'lazyMistakes' | 'ended' | 'draining'
> {
  readonly events = new RecentEvents();
  /** Whether to label lines with the name of their function. */
  severalFunctions = false;

  readonly #paint: Paint;
  readonly #warnings = new Set<string>();

  constructor(private readonly options: DevLogOptions) {
    this.#paint = paint(options.colored);
  }

  /** Prints a message of the command itself. */
  print(text: string): void {
    const { terminal, raw } = this.options;
    if (raw) terminal.error(text);
    else terminal.log(text);
  }

  /** Prints a lasting problem, only the first time. */
  warnOnce(text: string): void {
    if (this.#warnings.has(text)) return;
    this.#warnings.add(text);
    this.print(this.#paint('red', text));
  }

  /** Takes messages of the emulator. They are warnings, and left out if the function's process has logged the error. */
  get terminal(): Terminal {
    const { terminal } = this.options;
    return {
      log: (text: string) => this.print(text),
      error: (text: string, error?: unknown) => {
        if (error instanceof LoggedError) return;
        const why = error === undefined ? '' : `. ${messageOf(error)}`;
        terminal.error(this.#paint('yellow', printable(text + why)));
      },
    };
  }

  output(name: string, { stdout, stderr }: FunctionProcess['output']): void {
    const { terminal } = this.options;
    const view = new LogView(this.#viewOptions());
    eachLine(stdout, (line) => {
      if (this.options.raw) terminal.log(line);
      else for (const shown of view.show(line)) terminal.log(this.#labelled(name, shown));
    });
    eachLine(stderr, (line) => terminal.error(this.options.raw ? line : this.#labelled(name, line)));
  }

  changed(paths: readonly string[]): void {
    const [first = '', ...more] = paths.map((path) => relative(this.options.root, path));
    this.print(this.#paint('dim', `Changed: ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`));
  }

  started({ name }: LiveFunction, milliseconds: number): void {
    this.#printState(name, 'green', `Handler ready in ${Math.round(milliseconds)} ms`);
  }

  failed({ name }: LiveFunction, error: Error): void {
    if (!(error instanceof LoggedError)) this.print(this.#textOf(error));
    this.#printState(name, 'red', 'Handler failed to start. Fix the error and save to restart.');
  }

  lazyMistakes({ name }: LiveFunction, errors: readonly Error[]): void {
    for (const error of errors) this.print(this.#textOf(error));
    this.#printState(
      name,
      'red',
      'A lazy module has a mistake: requests for it will fail. Fix the error and save to restart.',
    );
  }

  ended({ name }: LiveFunction, how: string): void {
    this.#printState(name, 'yellow', `Process ended with ${how}. The next event starts a new one.`);
  }

  draining({ name }: LiveFunction): void {
    this.#printState(name, 'yellow', 'Process will exit after its current requests. The next event starts a new one.');
  }

  #printState(name: string, style: Style, text: string): void {
    this.print(this.#labelled(name, this.#paint(style, text)));
  }

  #labelled(name: string, line: string): string {
    return this.severalFunctions ? `${this.#paint('dim', `[${name}]`)} ${line}` : line;
  }

  #textOf(error: Error): string {
    const { colored } = this.options;
    return errorMessage(error, colored) ?? new ErrorReports(this.#viewOptions()).report(String(error.stack)).join('\n');
  }

  #viewOptions() {
    const { root, verbose, columns } = this.options;
    return { root, verbose, columns, paint: this.#paint, events: this.events };
  }
}
