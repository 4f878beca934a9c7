import { type Subscription, labelOf } from '../../deployment/subscription.js';
import { lineBreakOf } from '../files/source-edit.js';
import { CommandError } from '../framework/errors.js';
import { YamlOutline } from './yaml.js';

/** The begin and the end of what the command writes, as in `# lambent:events src/jobs.module.ts#JobsModule`. */
const REGION =
  /(?<![^\n])(?<indent> *)# lambent:events(?!\S)(?: (?<module>\S+)(?!\S))?[^\n]*\n(?<inside>(?:(?! *# lambent:)[^\n]*\n)*?) *# lambent:end/g;

/** What is between two marks. */
export interface MarkedPart {
  /** The root module that the mark names. */
  readonly module: string | undefined;
  /** The function's events that are not between marks, by their names. */
  readonly ownEvents: ReadonlySet<string>;
}

/** A template as text: what is not between the marks stays as somebody wrote it. */
export class SamTemplate {
  /** What consumers need and is not there, a sentence each. */
  readonly lacking: string[] = [];

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get parts(): MarkedPart[] {
    const outline = new YamlOutline(this.text.replace(REGION, (part) => part.replaceAll(/[^\n]+/g, '#')));
    return Array.from(this.text.matchAll(REGION), ({ index, groups }) => {
      const line = this.text.slice(0, index).split('\n').length - 1;
      const events = outline.keysBelow(outline.keyAbove(line, groups!['indent']!.length));
      return { module: groups!['module'], ownEvents: new Set(events.keys()) };
    });
  }

  /** Itself where it has marks; else with marks for its only function, or as it is. */
  marked(): SamTemplate {
    const text = this.parts.length > 0 ? undefined : markOnlyFunction(this.text);
    return text === undefined ? this : new SamTemplate(this.path, text);
  }

  /** Whether there is a resource or a parameter of this name. */
  has(logicalName: string): boolean {
    const outline = new YamlOutline(this.text);
    const blocks = outline.keysBelow(-1);
    return ['Resources', 'Parameters'].some((block) => outline.keysBelow(blocks.get(block)).has(logicalName));
  }

  /** Notes what a consumer needs of the template, unless it is there. */
  expect(subscription: Subscription, logicalName: string, what: string): void {
    if (!this.has(logicalName)) this.lacking.push(`${labelOf(subscription)}: ${what}`);
  }

  /** @throws CommandError for all that was expected and is not there. */
  refuseLacking(): void {
    if (this.lacking.length === 0) return;
    const list = this.lacking.map((line) => `  ${line}`).join('\n');
    throw new CommandError(`${this.path} lacks what can't be told from a name. Add, and call this again:\n${list}`);
  }

  /** @param texts the lines of each marked part, in their sequence, not yet indented. */
  filled(texts: readonly string[]): string {
    const lineBreak = lineBreakOf(this.text);
    let part = 0;
    return this.text.replace(REGION, (...args) => {
      const [whole, { indent, inside }] = [args[0] as string, args.at(-1) as { indent: string; inside: string }];
      const lines = texts[part++]!.split('\n')
        .filter(Boolean)
        .map((line) => indent + line + lineBreak);
      return (
        whole.slice(0, whole.indexOf('\n') + 1) + lines.join('') + whole.slice(whole.indexOf('\n') + 1 + inside.length)
      );
    });
  }
}

const FUNCTION = /:\s*(['"]?)AWS::Serverless::Function\1\s*(?:#|$)/;

/**
 * A template with marks below `Events:` of its function, which it gets where it has none.
 *
 * @returns `undefined` where there is not exactly one function, or it has no lines to put them between.
 */
function markOnlyFunction(text: string): string | undefined {
  const outline = new YamlOutline(text);
  const [only, ...others] = functionsOf(outline);
  const properties = others.length > 0 ? undefined : outline.keysBelow(only).get('Properties');
  if (properties === undefined || !outline.isHeading(properties)) return undefined;
  const events = outline.keysBelow(properties).get('Events');
  if (events === undefined) {
    const spaces = outline.spacesBelow(properties);
    return inserted(outline, outline.endOf(properties), [`${spaces}Events:`, ...marks(`${spaces}  `)]);
  }
  return outline.isHeading(events) ? inserted(outline, events + 1, marks(outline.spacesBelow(events))) : undefined;
}

function functionsOf(outline: YamlOutline): number[] {
  const resources = outline.keysBelow(outline.keysBelow(-1).get('Resources'));
  return [...resources.values()].filter((line) => {
    const type = outline.keysBelow(line).get('Type');
    return type !== undefined && FUNCTION.test(outline.lines[type]!);
  });
}

function marks(spaces: string): string[] {
  return [`${spaces}# lambent:events`, `${spaces}# lambent:end`];
}

function inserted({ lines }: YamlOutline, at: number, added: readonly string[]): string {
  const ending = lines[0]!.endsWith('\r') ? '\r' : '';
  return lines.toSpliced(at, 0, ...added.map((line) => line + ending)).join('\n');
}
