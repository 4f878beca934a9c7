const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return ' +
    'static super switch this throw true try typeof var void while with yield arguments eval async of get set ' +
    'undefined NaN Infinity Object Symbol Map Set Date RegExp Promise String Number Boolean Array globalThis ' +
    'root options make decorated running plan recordedMaps'
  ).split(' '),
);

/** Returns text as an identifier. */
export function identifierOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[^\w$]+/g, '_')
    .replace(/^(?=\d)|^$/, '_')
    .slice(0, 40);
  return RESERVED.has(plain) ? `${plain}_` : plain;
}

/** Gives out names for variables, each once. */
export class VariableNames {
  readonly #used = new Set<string>();
  /** The count of each hint, so that the next number of one that often comes needs no search. */
  readonly #counts = new Map<string, number>();

  /** Returns `hint` as an identifier that is not taken. */
  unique(hint: string): string {
    const name = identifierOf(hint);
    let count = this.#counts.get(name) ?? 0;
    let unique: string;
    // Numbered after it is shortened; and a hint may be what another was numbered to.
    do unique = ++count === 1 ? name : `${name}$${count}`;
    while (this.#used.has(unique));
    this.#counts.set(name, count);
    this.#used.add(unique);
    return unique;
  }
}
