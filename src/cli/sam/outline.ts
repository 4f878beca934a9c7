const KEY = /^ *(?<quote>['"]?)(?<key>[^\s'"#]+?)\k<quote>\s*:(?=\s|$)/;
const HEADING = /:\s*(?:#|$)/;

/**
 * The keys of a YAML text, by their lines: enough to find a place in a template. What is written in one line, between braces, has
 * no lines of its own, and is not seen.
 */
export class Outline {
  readonly lines: readonly string[];
  /** How far each line is indented; `undefined` for empty lines and comments. */
  readonly #indents: readonly (number | undefined)[];

  constructor(text: string) {
    this.lines = text.split('\n');
    this.#indents = this.lines.map((line) => (/^\s*(?:#|$)/.test(line) ? undefined : line.search(/\S/)));
  }

  /**
   * The keys right below a key.
   *
   * @param line of the key; -1 for those of the whole text, and `undefined` for none.
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

  /** The line after the last one that belongs to a key. */
  endOf(line: number): number {
    const indent = this.#indents[line] ?? -1;
    const next = this.#indents.findIndex((other, at) => at > line && other !== undefined && other <= indent);
    const inside = this.#indents.slice(0, next < 0 ? undefined : next);
    return inside.findLastIndex((other) => other !== undefined) + 1;
  }

  /** The spaces before what is below a key, or would be. */
  spacesBelow(line: number): string {
    return ' '.repeat(this.#levelBelow(line) ?? (this.#indents[line] ?? -2) + 2);
  }

  /** The key that a line with so many spaces is below; -1 where it is none. */
  keyAbove(line: number, spaces: number): number {
    return this.#indents.slice(0, line).findLastIndex((indent) => indent !== undefined && indent < spaces);
  }

  /** Whether there is nothing behind the colon. */
  isHeading(line: number): boolean {
    return HEADING.test(this.lines[line]!);
  }

  #levelBelow(line: number): number | undefined {
    return this.#indents.slice(line + 1, this.endOf(line)).find((indent) => indent !== undefined);
  }
}
