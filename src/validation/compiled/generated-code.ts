/** Text of a function, beside the values that it speaks of: none of them is written into the text. */
export class GeneratedCode {
  readonly #names: string[] = [];
  readonly #values: unknown[] = [];

  /** The name by which the text calls a value. */
  name(value: unknown): string {
    const known = this.#values.indexOf(value);
    if (known >= 0) return this.#names[known]!;
    const name = `$${this.#values.length}`;
    this.#names.push(name);
    this.#values.push(value);
    return name;
  }

  /** Runs the text; what it returns is the result. */
  run(text: string): unknown {
    const make = Function(...this.#names, `'use strict';\n${text}`) as (...values: unknown[]) => unknown;
    return make(...this.#values);
  }
}

let allowed: boolean | undefined;

/** Whether the process may make functions of text: `--disallow-code-generation-from-strings` forbids it. */
export function canGenerateCode(): boolean {
  return (allowed ??= tryToGenerate());
}

function tryToGenerate(): boolean {
  try {
    return Function('return true')() === true;
  } catch {
    return false;
  }
}

/** A string or a name as a literal. */
export function literal(text: string): string {
  return JSON.stringify(text);
}
