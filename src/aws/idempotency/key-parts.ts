/** What a key does with lists and objects of parts, as in `[headers.authorization, body.id]`. */
export interface KeyParts {
  /** Whether the key may be such a list or object. */
  readonly selected: boolean;
  /** How a missing part would be hidden, for messages; `undefined` if every missing part is found. */
  readonly hidden: string | undefined;
  /** Whether it has a hyphen that is not in quotes, as in `headers.x-user`. */
  readonly hyphen: boolean;
}

/** Reads from the JMESPath expression of a key what it does with parts. */
export function keyParts(expression: string): KeyParts {
  const reader = new PartsReader();
  for (const { groups, 0: token } of expression.matchAll(TOKEN))
    reader.read(token.replace(/\s/g, ''), groups?.['call']);
  const { selected, hidden, hyphen } = reader;
  return { selected, hidden, hyphen };
}

/** Brackets, operators and calls. Text comes first, because it may contain all of them. */
const TOKEN =
  /(['"`])(?:\\.?|(?!\1)[^\\])*(?:\1|$)|\b(?<call>[a-z_]\w*)\s*\(|\[\?|\[[-*:\s\d]*\]|\|\||&&|[<>=!]=?|[^\w\s]/gis;

/** A whole expression, or one in brackets, braces or the arguments of a function. */
interface Level {
  /** Whether its values only describe the parts of another value, such as the lines of an order. */
  readonly describes: boolean;
  /** Why missing parts in it would be hidden. */
  readonly hides: string | undefined;
  /** Whether it may be a list or an object of parts. */
  parts: boolean;
  /** Whether what follows is evaluated for each item of a list, or each member of an object. */
  each: boolean;
}

const PARTS = 'a list or an object of parts';

class PartsReader {
  hidden: string | undefined;
  hyphen = false;
  readonly #levels: Level[] = [{ describes: false, hides: undefined, parts: false, each: false }];
  /** Whether the last token ended parts. */
  #ended = false;

  get selected(): boolean {
    return this.#level.parts;
  }

  read(token: string, call: string | undefined): void {
    if (SELECTS.test(token) && (this.#ended || (token === '|' && this.#level.parts)))
      this.hidden ??= `selects from ${PARTS}`;
    this.#ended = false;
    this.hyphen ||= token === '-';
    if (call !== undefined) this.#openCall(call);
    else if (token === '(') this.#open(this.#level.hides);
    else if (token === '[?') this.#open(undefined, true);
    else if (token === '[' || token === '{') this.#openParts();
    else if (ENDS.test(token)) this.#end(token);
    else if (EACH.test(token)) this.#level.each = true;
    else if (SEPARATES.test(token)) this.#level.each = false;
  }

  get #level(): Level {
    return this.#levels.at(-1)!;
  }

  #open(hides: string | undefined, describes = this.#level.describes || this.#level.each): void {
    this.#levels.push({ describes, hides: describes ? undefined : hides, parts: false, each: false });
  }

  #openCall(name: string): void {
    this.#open(PASSING.has(name) ? this.#level.hides : `has ${PARTS} in ${name}()`);
    if (FILLING.has(name) && !this.#level.describes) this.hidden ??= `uses ${name}()`;
  }

  #openParts(): void {
    const { hides } = this.#level;
    this.#open(`has ${PARTS} in another`);
    if (!this.#level.describes) this.hidden ??= hides;
  }

  #end(token: string): void {
    const { parts, describes } = this.#levels.length > 1 ? this.#levels.pop()! : this.#level;
    this.#ended = token === ')' ? parts : !describes;
    this.#level.parts ||= this.#ended;
    // A filter.
    this.#level.each ||= token === ']' && describes;
  }
}

/** Functions that return an argument or its members as they are. */
const PASSING: ReadonlySet<string> = new Set(['merge', 'not_null']);
/** Functions that return something for a missing value: the text "null", and a list. */
const FILLING: ReadonlySet<string> = new Set(['to_array', 'to_string']);
const SELECTS = /^(?:\.|\[.*|\||[<>=!]=|[<>])$/;
const ENDS = /^[\])}]$/;
/** Wildcards, slices, flattening, and an expression that a function evaluates for each item. */
const EACH = /^(?:\*|\[\*\]|\[[-\d]*:.*|\[\]|&)$/;
const SEPARATES = /^(?:,|\||\|\||&&)$/;
