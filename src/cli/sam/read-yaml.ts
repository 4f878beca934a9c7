import { isDeepStrictEqual } from 'node:util';

// Reads the part of YAML that a formatter makes of what this command writes: blocks, inline collections over one or
// several lines, quoted and plain text, tags of CloudFormation, comments. All else, such as anchors, is not understood.

/** Whether two YAML texts have the same values, however they are formatted. What is not understood has not. */
export function haveSameValues(one: string, other: string): boolean {
  const [read, compared] = [readYaml(one), readYaml(other)];
  return read !== undefined && isDeepStrictEqual(read, compared);
}

/** Returns the value of a YAML text in a list of its own; `undefined` for a text that is not understood. */
export function readYaml(text: string): readonly [value: unknown] | undefined {
  try {
    return [new BlockReader(text).read()];
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

class NotUnderstood extends Error {}

function refuse(): never {
  throw new NotUnderstood();
}

/** The start of a key, in quotes or not, and its colon. */
const QUOTED_KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *:(?=\s|$)/;
const PLAIN_KEY = /^([\w$/.][^\s#]*?) *:(?=\s|$)/;
const ITEM = /^-(?=\s|$)/;
const NOTHING = /^\s*(?:#|$)/;

/** Reads a text by its lines and their indentation. */
class BlockReader {
  readonly #lines: string[];
  #at = 0;

  constructor(text: string) {
    this.#lines = text.split(/\r?\n/);
  }

  read(): unknown {
    const value = this.#block(0);
    return this.#indent() < 0 ? value : refuse();
  }

  /** Skips empty lines and comments, and returns the indentation of the next line; -1 after the last one. */
  #indent(): number {
    while (this.#at < this.#lines.length && NOTHING.test(this.#lines[this.#at]!)) this.#at++;
    const indent = this.#lines[this.#at]?.search(/[^ ]/) ?? -1;
    return indent >= 0 && this.#lines[this.#at]![indent] === '\t' ? refuse() : indent;
  }

  #content(): string {
    return this.#lines[this.#at]!.trim();
  }

  /** Reads the value whose lines have at least so many spaces; nothing there is `null`. */
  #block(least: number): unknown {
    const indent = this.#indent();
    if (indent < least) return null;
    if (ITEM.test(this.#content())) return this.#list(indent);
    if (keyOf(this.#content())) return this.#object(indent);
    return new InlineReader(this.#taken(least)).read();
  }

  #list(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#indent() === indent && ITEM.test(this.#content())) {
      // What follows the hyphen may be the first line of a block.
      this.#lines[this.#at] = `${' '.repeat(indent + 1)}${this.#content().slice(1)}`;
      items.push(this.#block(indent + 1));
    }
    return this.#indent() > indent ? refuse() : items;
  }

  #object(indent: number): Record<string, unknown> {
    const members = new Map<string, unknown>();
    while (this.#indent() === indent) {
      const { key, length } = keyOf(this.#content()) ?? refuse();
      if (members.has(key)) refuse();
      const rest = this.#content().slice(length);
      members.set(key, NOTHING.test(rest) ? this.#below(indent) : this.#beside(rest, indent));
    }
    return this.#indent() > indent ? refuse() : Object.fromEntries(members);
  }

  /** Reads the value below a key. The items of a list may have the indentation of the key. */
  #below(indent: number): unknown {
    this.#at++;
    const isList = this.#indent() === indent && ITEM.test(this.#content());
    return isList ? this.#list(indent) : this.#block(indent + 1);
  }

  #beside(rest: string, indent: number): unknown {
    this.#lines[this.#at] = `${' '.repeat(indent + 1)}${rest}`;
    return new InlineReader(this.#taken(indent + 1)).read();
  }

  /** Takes the lines with at least so many spaces. */
  #taken(least: number): string {
    const start = this.#at;
    while (this.#indent() >= least) this.#at++;
    return this.#lines.slice(start, this.#at).join('\n');
  }
}

function keyOf(line: string): { readonly key: string; readonly length: number } | undefined {
  const quoted = QUOTED_KEY.exec(line);
  if (quoted) return { key: unquoted(quoted[1]!), length: quoted[0].length };
  const plain = PLAIN_KEY.exec(line);
  return plain ? { key: plainKey(plain[1]!), length: plain[0].length } : undefined;
}

const BLANK = /(?:\s|(?<=\s|^)#[^\n]*)*/y;
const TAG = /!([A-Za-z]+(?:::[A-Za-z]+)?)(?=\s)/y;
const DOUBLE = /"(?:[^"\\]|\\.)*"/y;
const SINGLE = /'(?:[^']|'')*'/y;
/** Plain text up to what ends it: between brackets, commas do. */
const PLAIN_INSIDE = /(?:-(?=\d)|[^\s,[\]{}#&*!|>'"%@`?:-])(?:[^\s,[\]{}:]|:(?![\s,[\]{}])|\s+(?=[^\s#,[\]{}:]))*/y;
const PLAIN = /(?:-(?=\d)|[^\s,[\]{}#&*!|>'"%@`?:-])(?:[^\s:]|:(?!\s|$)|\s+(?=[^\s#:]))*/y;
const COLON = / *:(?=[\s,[\]{}]|$)/y;

/** Reads a value that is not a block, which may go over several lines. */
class InlineReader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  read(): unknown {
    const value = this.#value();
    this.#take(BLANK);
    return this.#at === this.text.length ? value : refuse();
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #value(): unknown {
    this.#take(BLANK);
    const tag = this.#take(TAG)?.[1];
    if (tag !== undefined) return { [tag === 'Ref' ? tag : `Fn::${tag}`]: this.#value() };
    const sign = this.text[this.#at];
    if (sign === '[') return this.#list();
    if (sign === '{') return this.#object();
    return this.#quoted() ?? this.#plain();
  }

  #quoted(): string | undefined {
    const found = this.#take(DOUBLE) ?? this.#take(SINGLE);
    return found ? unquoted(found[0]) : undefined;
  }

  #plain(): unknown {
    const [text] = this.#take(this.#depth > 0 ? PLAIN_INSIDE : PLAIN) ?? refuse();
    return plainValue(folded(text));
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    this.#each(']', () => items.push(this.#value()));
    return items;
  }

  #object(): Record<string, unknown> {
    const members = new Map<string, unknown>();
    this.#each('}', () => {
      const key = this.#quoted() ?? plainKey(this.#take(PLAIN_INSIDE)?.[0] ?? refuse());
      if (!this.#take(COLON) || members.has(key)) refuse();
      members.set(key, this.#value());
    });
    return Object.fromEntries(members);
  }

  /** Reads the entries up to the bracket that closes a collection. A comma may follow the last one. */
  #each(end: ']' | '}', entry: () => void): void {
    this.#at++;
    this.#depth++;
    for (this.#take(BLANK); this.text[this.#at] !== end; this.#take(BLANK)) {
      entry();
      this.#take(BLANK);
      if (this.text[this.#at] === ',') this.#at++;
      else if (this.text[this.#at] !== end) refuse();
    }
    this.#at++;
    this.#depth--;
  }
}

const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
/** Text without quotes that some versions of YAML take for a number, a date or a boolean. */
const DOUBTFUL = /^(?:[-+.~\d]|(?:true|false|null|yes|no|on|off|y|n)$)/i;

function plainValue(text: string): unknown {
  if (WORDS.has(text)) return WORDS.get(text);
  if (NUMBER.test(text)) return Number(text);
  return DOUBTFUL.test(text) ? refuse() : text;
}

/** What may be no text for a parser is none for a key. */
function plainKey(text: string): string {
  const key = plainValue(text);
  return typeof key === 'string' ? key : refuse();
}

function unquoted(text: string): string {
  const inside = folded(text.slice(1, -1));
  if (text.startsWith("'")) return inside.replaceAll("''", "'");
  try {
    return JSON.parse(`"${inside}"`) as string;
  } catch {
    // YAML has more escapes than JSON.
    return refuse();
  }
}

/** Joins lines as YAML does. An empty line would be a line break. */
function folded(text: string): string {
  const lines = text.split('\n');
  const inside = lines.slice(1, -1).map((line) => line.trim() || refuse());
  return lines.length === 1 ? text : [lines[0]!.trimEnd(), ...inside, lines.at(-1)!.trimStart()].join(' ');
}
