import { BootstrapError } from '../errors/bootstrap-error.js';
import { closingBracket } from './closing-bracket.js';
import type { Parameter, PatternPart, PatternSegment } from './pattern-segment.js';

const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
const BRACED = /^(?<name>[^/:+*?(){}]+)(?:(?<wildcard>\+)|:(?<constraint>.*))?$/s;
const SPECIAL = '/:*?(){}';
const STRAY: Record<string, [problem: string, advice: string] | undefined> = {
  '(': ['a "(" that follows no parameter', 'Constrain a parameter as in ":id(\\\\d+)", or write "\\\\(" for the character itself.'],
  ')': ['a ")" that nothing opens', 'Write "\\\\)" for the character itself.'],
  '}': ['a "}" that nothing opens', 'Write "\\\\}" for the character itself.'],
};

/** Reads the syntax of one pattern from left to right; complaints name the place and what to write. */
export class PatternReader {
  #at = 0;

  /** @param owner who asks for the pattern, for error messages */
  constructor(
    readonly pattern: string,
    readonly owner: string,
  ) {}

  /** @throws BootstrapError when the syntax is broken. */
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
    throw new BootstrapError(`${this.owner}: the path "${this.pattern}" has ${problem} at character ${at + 1}. ${advice}`);
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
      return this.fail(`a bad constraint (${(error as Error).message})`, 'Write a regular expression as in ":id(\\\\d+)".', at);
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
