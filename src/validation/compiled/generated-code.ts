/** The source text of a function, and the values that it refers to by name. No value is ever written into the text. */
export class GeneratedCode {
  readonly #names: string[] = [];
  readonly #values: unknown[] = [];

  /** Returns the name of a value in the text. */
  name(value: unknown): string {
    const known = this.#values.indexOf(value);
    if (known >= 0) return this.#names[known]!;
    const name = `$${this.#values.length}`;
    this.#names.push(name);
    this.#values.push(value);
    return name;
  }

  /** Runs the text as the body of a function, and returns its result. */
  run(text: string): unknown {
    const make = Function(...this.#names, `'use strict';\n${text}`) as (...values: unknown[]) => unknown;
    return make(...this.#values);
  }
}

let allowed: boolean | undefined;

/** Whether the process may create functions from text. `--disallow-code-generation-from-strings` forbids it. */
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

/** Returns a string or a name as a literal. */
export function literal(text: string): string {
  return JSON.stringify(text);
}
