import { on } from 'node:events';
import { clearScreenDown, createInterface, emitKeypressEvents, type Key, moveCursor } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { choiceOf } from './choices.js';
import type { Paint } from './colors.js';
import { CommandError } from './command-error.js';

/** Names to choose from, each with a few words that describe it. */
export type Choices<T extends string> = Readonly<Record<T, string>>;

/** Asks the user on an interactive terminal. */
export interface Prompts {
  /** Asks for a line, and asks again while `read` throws a CommandError. */
  text<T>(question: string, read: (answer: string) => T): Promise<T>;
  /** Lets the user choose from a list. The first choice is selected at the beginning. */
  choose<T extends string>(question: string, choices: Choices<T>): Promise<T>;
}

/** The parts of the process that prompts use. */
export interface PromptTerminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly paint: Paint;
  /** Called for Ctrl-C and at the end of the input: the question can't be answered any more. */
  interrupted(): void;
}

/** Prompts on a terminal: arrow keys and Enter choose from a list. */
export class TerminalPrompts implements Prompts {
  constructor(private readonly terminal: PromptTerminal) {}

  async text<T>(question: string, read: (answer: string) => T): Promise<T> {
    const answer = await this.#line(`${question}: `);
    try {
      return read(answer.trim());
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.terminal.output.write(`${this.terminal.paint('red', error.message)}\n`);
      return this.text(question, read);
    }
  }

  async choose<T extends string>(question: string, choices: Choices<T>): Promise<T> {
    const names = Object.keys(choices) as T[];
    const { output, paint } = this.terminal;
    // A terminal such as an editor's shell has no cursor to move.
    if (process.env['TERM'] === 'dumb') {
      const ask = `${question} (${names.join(', ')}) [${names[0]!}]`;
      return this.text(ask, (answer) => choiceOf('The answer', answer || names[0]!, choices));
    }
    output.write(`${question} ${paint('dim', '(arrow keys, Enter)')}\n`);
    const selected = await this.#select(Object.entries<string>(choices));
    moveCursor(output, 0, -1 - names.length);
    clearScreenDown(output);
    output.write(`${question}: ${paint('cyan', names[selected]!)}\n`);
    return names[selected]!;
  }

  /** Draws the list again for each key until Enter. Returns the index of the choice. */
  async #select(rows: readonly (readonly [name: string, about: string])[]): Promise<number> {
    const { output } = this.terminal;
    let selected = 0;
    this.#draw(rows, selected);
    for await (const key of this.#keys()) {
      if (key.name === 'return' || key.name === 'enter') break;
      selected = moved(selected, key, rows.length);
      moveCursor(output, 0, -rows.length);
      this.#draw(rows, selected);
    }
    return selected;
  }

  #draw(rows: readonly (readonly [name: string, about: string])[], selected: number): void {
    const { output, paint } = this.terminal;
    const width = Math.max(...rows.map(([name]) => name.length));
    for (const [index, [name, about]] of rows.entries()) {
      // A row that wraps would take two lines, and the next drawing would begin too low.
      const text = `${index === selected ? '>' : ' '} ${name.padEnd(width)}  ${about}`.slice(0, output.columns - 1);
      output.write(`${index === selected ? paint('cyan', text) : text}\n`);
    }
  }

  async *#keys(): AsyncGenerator<Key> {
    const { input, interrupted } = this.terminal;
    emitKeypressEvents(input);
    input.setRawMode(true);
    input.resume();
    try {
      for await (const [, key] of on(input, 'keypress', { close: ['end'] }) as AsyncIterable<[string, Key]>) {
        if (key.ctrl === true && (key.name === 'c' || key.name === 'd')) break;
        yield key;
      }
      interrupted();
    } finally {
      input.setRawMode(false);
      input.pause();
    }
  }

  #line(question: string): Promise<string> {
    const { input, output, interrupted } = this.terminal;
    const lines = createInterface({ input, output });
    lines.once('close', interrupted);
    return new Promise((resolve) => {
      lines.question(question, (answer) => {
        lines.off('close', interrupted);
        lines.close();
        resolve(answer);
      });
    });
  }
}

/** Returns the index that a key selects. The first row comes after the last one. */
function moved(index: number, { name, sequence }: Key, length: number): number {
  if (name === 'down') return (index + 1) % length;
  if (name === 'up') return (index + length - 1) % length;
  const number = Number(sequence);
  return Number.isInteger(number) && number >= 1 && number <= length ? number - 1 : index;
}
