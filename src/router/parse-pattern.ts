import { BootstrapError } from '../errors/bootstrap-error.js';
import { messageOf } from '../shared/thrown.js';
import type { Parameter, PatternPart, PatternSegment, Wildcard } from './pattern-segment.js';

/**
 * Parses a path pattern.
 *
 * @param owner The owner of the pattern, for error messages.
 * @throws BootstrapError for invalid syntax, and for a pattern that is ambiguous.
 */
export function parsePattern(pattern: string, owner: string): PatternSegment[] {
  const plain = plainSegments(pattern);
  if (plain && !(hasSeveralNames(pattern) && repeatsName(plain))) return plain;
  const reader = new PatternReader(pattern, owner);
  const segments = reader.read();
  checkNames(reader, segments);
  checkWildcards(reader, segments);
  for (const { parts } of segments) checkNeighbours(reader, parts);
  return segments;
}

function hasSeveralNames(plain: string): boolean {
  return plain.indexOf('/:') < plain.lastIndexOf('/:');
}

function repeatsName(segments: readonly PatternSegment[]): boolean {
  const names = segments.flatMap(namesIn);
  return new Set(names).size < names.length;
}

function namesIn(segment: PatternSegment): string[] {
  return segment.parts.filter(isNamed).map(({ name }) => name);
}

function isNamed(part: PatternSegment['parts'][number]): part is Parameter | Wildcard {
  return part.kind !== 'text';
}

function checkNames(reader: PatternReader, segments: readonly PatternSegment[]): void {
  const seen = new Set<string>();
  for (const { name, at } of segments.flatMap(({ parts }) => parts.filter(isNamed))) {
    if (seen.has(name))
      reader.fail(`the parameter "${name}" twice, again`, 'Give each parameter a name of its own.', at);
    seen.add(name);
  }
}

function checkWildcards(reader: PatternReader, segments: readonly PatternSegment[]): void {
  for (const [index, { parts }] of segments.entries()) {
    const wildcard = parts.find(({ kind }) => kind === 'wildcard') as Wildcard | undefined;
    if (!wildcard) continue;
    if (parts.length > 1)
      reader.fail('a wildcard beside something else', 'Make it a whole segment: "/*rest".', wildcard.at);
    if (index < segments.length - 1) {
      reader.fail(
        'a wildcard before its end',
        'A wildcard takes all that follows: make it the last segment.',
        wildcard.at,
      );
    }
  }
}

function checkNeighbours(reader: PatternReader, parts: PatternSegment['parts']): void {
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.kind === 'parameter' && !part.constraint && next?.kind === 'parameter') {
      reader.fail(
        'two parameters with nothing between them',
        'Put text between them, or constrain the first.',
        next.at,
      );
    }
  }
}

const PLAIN = /^(?:\/(?:[\w.~-]+|:[a-zA-Z_$][\w$]*))+$/;

/**
 * Returns the segments of a pattern of text and whole parameters, as most are, and `undefined` for any other. Reading
 * them character by character took a fifth of the bootstrap of a thousand routes.
 */
function plainSegments(pattern: string): PatternSegment[] | undefined {
  if (!PLAIN.test(pattern)) return undefined;
  let at = 0;
  return pattern
    .slice(1)
    .split('/')
    .map((text): PatternSegment => {
      const start = at + 1;
      at = start + text.length;
      const part = text.startsWith(':')
        ? ({ kind: 'parameter', name: text.slice(1), at: start } as const)
        : ({ kind: 'text', text } as const);
      return { parts: [part], optional: false };
    });
}

/**
 * Expands a pattern with optional segments into all its variants. Those that keep earlier segments come first, so that
 * a single segment for `/:a?/:b?` is `a`.
 */
export function expandOptional(segments: readonly PatternSegment[]): PatternSegment[][] {
  if (!segments.some(({ optional }) => optional)) return [[...segments]];
  const [head, ...tail] = segments;
  if (!head) return [[]];
  const rest = expandOptional(tail);
  const kept = rest.map((others) => [head, ...others]);
  return head.optional ? [...kept, ...rest] : kept;
}

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const BRACED = /^(?<name>[^/:+*?(){}]+)(?:(?<wildcard>\+)|:(?<constraint>.*))?$/s;
const SPECIAL = '/:*?(){}';
const STRAY: Record<string, [problem: string, advice: string] | undefined> = {
  '(': [
    'a "(" that follows no parameter',
    'Constrain a parameter as in ":id(\\\\d+)", or write "\\\\(" for the character itself.',
  ],
  ')': ['a ")" that nothing opens', 'Write "\\\\)" for the character itself.'],
  '}': ['a "}" that nothing opens', 'Write "\\\\}" for the character itself.'],
};

/** Reads a pattern from left to right. Errors name the character and what to write instead. */
class PatternReader {
  #at = 0;

  /** @param owner The owner of the pattern, for error messages. */
  constructor(
    readonly pattern: string,
    readonly owner: string,
  ) {}

  /** @throws BootstrapError for invalid syntax. */
  read(): PatternSegment[] {
    if (!this.pattern.startsWith('/')) this.fail('no "/"', `Write "/${this.pattern}".`, 0);
    const segments: PatternSegment[] = [];
    while (this.#at < this.pattern.length) {
      this.#at++;
      if (this.#at < this.pattern.length) segments.push(this.#segment());
    }
    return segments;
  }

  fail(problem: string, advice: string, at: number): never {
    throw new BootstrapError(
      `${this.owner}: the path "${this.pattern}" has ${problem} at character ${at + 1}. ${advice}`,
    );
  }

  #segment(): PatternSegment {
    if (this.#atBoundary()) this.fail('an empty segment', 'Write one "/" between segments.', this.#at);
    const parts: PatternPart[] = [];
    while (!this.#atBoundary() && this.#next() !== '?') parts.push(this.#part());
    const optional = this.#next() === '?';
    if (optional) this.#optionalMark(parts);
    return { parts, optional };
  }

  #optionalMark(parts: PatternPart[]): void {
    const at = this.#at++;
    if (parts.length !== 1 || parts[0]?.kind === 'text' || !this.#atBoundary()) {
      this.fail('a "?" that makes no whole segment optional', 'Write "/:id?" for an optional segment.', at);
    }
  }

  #part(): PatternPart {
    const next = this.#next();
    if (next === ':') return this.#parameter();
    if (next === '{') return this.#braced();
    if (next === '*') return this.#wildcard();
    const stray = STRAY[next];
    if (stray) this.fail(...stray, this.#at);
    return { kind: 'text', text: this.#text() };
  }

  #parameter(): Parameter {
    const at = this.#at++;
    const name = this.#name();
    if (name === '') this.fail('a ":" without a name', 'Write ":id" for a parameter, or "\\\\:" for a colon.', at);
    if (this.#next() !== '(') return { kind: 'parameter', name, at };
    const constraintAt = this.#at;
    return { kind: 'parameter', name, at, constraint: this.#checked(this.#enclosed(')'), constraintAt) };
  }

  #braced(): PatternPart {
    const at = this.#at;
    const body = this.#enclosed('}');
    if (body.startsWith('/')) this.fail('an optional group', 'Write "/:id?" for an optional segment.', at);
    const { name, wildcard, constraint } = BRACED.exec(body)?.groups ?? {};
    if (name === undefined) this.fail('braces that hold no parameter', 'Write "{id}", "{id:\\\\d+}" or "{rest+}".', at);
    if (wildcard !== undefined) return { kind: 'wildcard', name, at };
    if (constraint === undefined) return { kind: 'parameter', name, at };
    return { kind: 'parameter', name, at, constraint: this.#checked(constraint, at) };
  }

  #wildcard(): PatternPart {
    const at = this.#at++;
    return { kind: 'wildcard', name: this.#name() || '*', at };
  }

  #name(): string {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.pattern)?.[0] ?? '';
    this.#at += name.length;
    return name;
  }

  #enclosed(close: string): string {
    const end = closingBracket(this.pattern, this.#at, close);
    if (end === -1) this.fail(`an unclosed "${this.#next()}"`, `Close it with "${close}".`, this.#at);
    const body = this.pattern.slice(this.#at + 1, end);
    this.#at = end + 1;
    return body;
  }

  #checked(constraint: string, at: number): string {
    if (constraint === '') this.fail('an empty constraint', 'Leave it out, or write one as in ":id(\\\\d+)".', at);
    try {
      RegExp(`(${constraint})`);
      return constraint;
    } catch (error) {
      return this.fail(`a bad constraint (${messageOf(error)})`, 'Write a regular expression as in ":id(\\\\d+)".', at);
    }
  }

  #text(): string {
    const start = this.#at;
    let text = '';
    while (this.#at < this.pattern.length && !SPECIAL.includes(this.#next())) {
      if (this.#next() === '\\' && this.#at + 1 < this.pattern.length) this.#at++;
      text += this.#next();
      this.#at++;
    }
    try {
      return decodeURIComponent(text);
    } catch {
      return this.fail('malformed percent-encoding', 'Write "%25" for a percent sign.', start);
    }
  }

  #next(): string {
    return this.pattern.charAt(this.#at);
  }

  #atBoundary(): boolean {
    return this.#at >= this.pattern.length || this.#next() === '/';
  }
}

/**
 * Returns the index of the bracket that closes the one at `start`, or -1. Counts nested brackets, but not escaped ones
 * and those in a character class of a regular expression.
 */
function closingBracket(text: string, start: number, close: string): number {
  const open = text[start];
  let depth = 0;
  let inClass = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (inClass) inClass = char !== ']';
    else if (char === '[') inClass = true;
    else if (char === open) depth++;
    else if (char === close && --depth === 0) return at;
  }
  return -1;
}
