const KEY = /^ *(?<quote>['"]?)(?<key>[^\s'"#]+?)\k<quote>\s*:(?=\s|$)/;
const HEADING = /:\s*(?:#|$)/;

/** The keys of a YAML text by line: enough to find a place in a template. Keys between braces are not seen. */
export class YamlOutline {
  readonly lines: readonly string[];
  /** The indentation of each line; `undefined` for empty lines and comments. */
  readonly #indents: readonly (number | undefined)[];

  constructor(text: string) {
    this.lines = text.split('\n');
    this.#indents = this.lines.map((line) => (/^\s*(?:#|$)/.test(line) ? undefined : line.search(/\S/)));
  }

  /**
   * Returns the keys directly below a key, with their lines.
   *
   * @param line the line of the key; -1 for top-level keys, `undefined` for no keys.
   */
  keysBelow(line: number | undefined): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    if (line === undefined) return found;
    const level = this.#levelBelow(line);
    for (let at = line + 1; at < this.endOf(line); at++) {
      const key = this.#indents[at] === level ? KEY.exec(this.lines[at]!)?.groups!['key'] : undefined;
      if (key !== undefined) found.set(key, at);
    }
    return found;
  }

  /** Returns the line of the last of several keys, each directly below the one before; the first is below `from`. */
  lineOf(keys: readonly string[], from: number | undefined): number | undefined {
    return keys.reduce<number | undefined>((line, key) => this.keysBelow(line).get(key), from);
  }

  /** Returns the line after the last one that belongs to a key. */
  endOf(line: number): number {
    const indent = this.#indents[line] ?? -1;
    const next = this.#indents.findIndex((other, at) => at > line && other !== undefined && other <= indent);
    const inside = this.#indents.slice(0, next < 0 ? undefined : next);
    return inside.findLastIndex((other) => other !== undefined) + 1;
  }

  /** Returns the indentation that content below a key has, or would have. */
  spacesBelow(line: number): string {
    return ' '.repeat(this.#levelBelow(line) ?? (this.#indents[line] ?? -2) + 2);
  }

  /** Returns the line of the key above a line with so many spaces; -1 if there is none. */
  keyAbove(line: number, spaces: number): number {
    return this.#indents.slice(0, line).findLastIndex((indent) => indent !== undefined && indent < spaces);
  }

  /** Whether nothing follows the colon of a key. */
  isHeading(line: number): boolean {
    return HEADING.test(this.lines[line]!);
  }

  #levelBelow(line: number): number | undefined {
    return this.#indents.slice(line + 1, this.endOf(line)).find((indent) => indent !== undefined);
  }
}
