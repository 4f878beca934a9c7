import { BootstrapError } from '../../errors/bootstrap-error.js';
import { lacksPart } from '../../errors/comparable-key.js';

/**
 * Checks the JMESPath expressions of a method, as far as they show a mistake. Every missing part of a key has to be
 * found: callers who lack one would share the key, and receive each other's results.
 *
 * @param expressions Functions among them are not checked.
 * @param where Where they are, for messages.
 * @throws BootstrapError for a key that hides missing parts, and for a hyphen outside of quotes.
 */
export function checkExpressions(
  expressions: { readonly key: unknown; readonly payload: unknown },
  where: string,
): void {
  for (const [name, expression] of Object.entries(expressions)) {
    if (typeof expression !== 'string') continue;
    const { hidden, hyphen } = keyParts(expression);
    if (hyphen) throw new BootstrapError(`${where}: the ${name} ${expression} ${NO_HYPHENS}`);
    if (hidden !== undefined && name === 'key')
      throw new BootstrapError(`${where}: the key ${expression} ${hidden}, ${NOTHING_HIDDEN}`);
  }
}

const NO_HYPHENS =
  'has a hyphen outside of quotes, which JMESPath does not know: write names with a hyphen in quotes, as in ' +
  'headers."idempotency-key".';
const NOTHING_HIDDEN =
  'which hides a missing part, so that callers without it would share one key. Make a list of all parts the key: ' +
  '[headers.authorization, body.id], or use a function.';

/**
 * Changes a JMESPath expression so that it selects a list with the key, and an empty list if the key is missing, empty,
 * or lacks one of its parts. A boolean is a missing key, because all callers would share `true`.
 *
 * Without a rule for parts, all callers without a user would share the key
 * `[headers."x-user", headers."idempotency-key"]`, and one would receive another's result. An expression that selects a
 * single value, such as a whole body, may have any content. The key is in a list because Powertools takes
 * `{ quantity: 0 }` for a missing key.
 */
export function keyExpression(expression: string): string {
  return `[${expression}] | [?@ && type(@) != 'boolean'${keyParts(expression).selected ? ` && (${IS_WHOLE})` : ''}]`;
}

/** Changes a JMESPath expression so that it always selects something. Powertools fails to hash what is undefined. */
export function payloadExpression(expression: string): string {
  return `[${expression}]`;
}

const IS_WHOLE = [
  `type(@) == 'array' && ${hasAll('@')}`,
  `type(@) == 'object' && ${hasAll('values(@)')}`,
  "type(@) != 'array' && type(@) != 'object'",
].join(' || ');

/** Returns an expression that is true when no part is empty or null. Projections drop nulls by themselves. */
function hasAll(parts: string): string {
  return `length(${parts}[?@ != '']) == length(${parts})`;
}

/**
 * Returns the key of a function, or `undefined` when it is a boolean or incomplete: when it has a missing value at any
 * depth, or a part that is `null` or empty.
 *
 * @param isBody Whether the key is the whole body, which may have any members.
 */
export function wholeKey(key: unknown, isBody: (key: unknown) => boolean): unknown {
  if (typeof key !== 'object' || key === null) return typeof key === 'boolean' ? undefined : key;
  return lacksPart(key) && !isBody(key) ? undefined : key;
}

/** The handling of lists and objects of parts in a key, as in `[headers.authorization, body.id]`. */
interface KeyParts {
  /** Whether the key may be such a list or object. */
  readonly selected: boolean;
  /** The way in which a missing part would be hidden, for messages; `undefined` if every missing part is found. */
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
  /** The reason why missing parts in it would be hidden. */
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
const FILLING: ReadonlySet<string> = new Set(['to_array', 'to_string', 'type']);
const SELECTS = /^(?:\.|\[.*|\||[<>=!]=|[<>])$/;
const ENDS = /^[\])}]$/;
/** Wildcards, slices, flattening, and an expression that a function evaluates for each item. */
const EACH = /^(?:\*|\[\*\]|\[[-\d]*:.*|\[\]|&)$/;
const SEPARATES = /^(?:,|\||\|\||&&)$/;
