import { type Demand, labelOf } from '../../deployment/demand.js';
import { CommandError } from '../command-error.js';

/** The begin and the end of what the command writes, as in `# lambent:events src/jobs.module.ts#JobsModule`. */
const REGION = /^(?<indent> *)# lambent:events(?: (?<module>\S+))?[^\n]*\n(?<inside>(?:(?! *# lambent:)[^\n]*\n)*?) *# lambent:end/gm;

/** A template as text: what is not between the marks stays as somebody wrote it. */
export class SamTemplate {
  /** What consumers need and is not there, a sentence each. */
  readonly lacking: string[] = [];

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  /** The root modules that parts are marked with; `undefined` where a mark names none. */
  get modules(): (string | undefined)[] {
    return Array.from(this.text.matchAll(REGION), ({ groups }) => groups!['module']);
  }

  /** Whether there is a resource or a parameter of this name. */
  has(logicalName: string): boolean {
    return new RegExp(`^ {1,4}['"]?${logicalName}['"]?:`, 'm').test(this.text);
  }

  /** Whether there is an event of this name that is not between marks. */
  hasEvent(name: string): boolean {
    return new RegExp(`^ {5,}${name}:`, 'm').test(this.text.replace(REGION, ''));
  }

  /** Notes what a consumer needs of the template, unless it is there. */
  expect(demand: Demand, logicalName: string, what: string): void {
    if (!this.has(logicalName)) this.lacking.push(`${labelOf(demand)}: ${what}`);
  }

  /** @throws CommandError for all that was expected and is not there. */
  refuseLacking(): void {
    if (this.lacking.length === 0) return;
    const list = this.lacking.map((line) => `  ${line}`).join('\n');
    throw new CommandError(`${this.path} lacks what can't be told from a name. Add, and call this again:\n${list}`);
  }

  /** @param texts the lines of each marked part, in their sequence, not yet indented. */
  filled(texts: readonly string[]): string {
    let part = 0;
    return this.text.replace(REGION, (...args) => {
      const [whole, { indent, inside }] = [args[0] as string, args.at(-1) as { indent: string; inside: string }];
      const lines = texts[part++]!.split('\n').filter(Boolean).map((line) => `${indent}${line}\n`);
      return whole.slice(0, whole.indexOf('\n') + 1) + lines.join('') + whole.slice(whole.indexOf('\n') + 1 + inside.length);
    });
  }
}
