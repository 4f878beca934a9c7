import { labelOf, type Subscription } from '../../deployment/subscription.js';
import { CommandError } from '../framework/errors.js';
import { YamlOutline } from './yaml.js';

/** A part that the command writes, with its marks. The first may name a root module: `# lambent:events src/a.ts#A`. */
const REGION =
  /(?<![^\n])(?<indent> *)# lambent:(?<kind>events|policies|variables)(?!\S)(?: (?<module>\S+)(?!\S))?[^\n]*\n(?<inside>(?:(?! *# lambent:)[^\n]*\n)*?) *# lambent:end/g;

/** What is between marks: events, statements of a policy, or environment variables. */
export type PartKind = 'events' | 'policies' | 'variables';

/** The part of a template between two marks. */
export interface MarkedPart {
  readonly kind: PartKind;
  /** The root module that the first mark names. */
  readonly module: string | undefined;
  /** The names of the function's events or variables that are not between marks. */
  readonly ownNames: ReadonlySet<string>;
}

/** A SAM template, edited as text: everything outside the marks stays as written. */
export class SamTemplate {
  /** What consumers need and the template does not have, one phrase each. */
  readonly missing: string[] = [];

  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get parts(): MarkedPart[] {
    const outline = new YamlOutline(this.text.replace(REGION, (part) => part.replaceAll(/[^\n]+/g, '#')));
    return Array.from(this.text.matchAll(REGION), ({ index, groups }) => {
      const line = this.text.slice(0, index).split('\n').length - 1;
      const names = outline.keysBelow(outline.keyAbove(line, groups!['indent']!.length));
      return { kind: groups!['kind'] as PartKind, module: groups!['module'], ownNames: new Set(names.keys()) };
    });
  }

  /** Returns the template with marks for events of its only function, or itself if it has some, or no such function. */
  marked(): SamTemplate {
    const text = this.parts.some(({ kind }) => kind === 'events') ? undefined : markOnlyFunction(this.text);
    return text === undefined ? this : new SamTemplate(this.path, text);
  }

  /** Whether the template has a resource or a parameter of this name. */
  has(logicalName: string): boolean {
    const outline = new YamlOutline(this.text);
    const blocks = outline.keysBelow(-1);
    return ['Resources', 'Parameters'].some((block) => outline.keysBelow(blocks.get(block)).has(logicalName));
  }

  /** Whether the template has a resource of this name and type. */
  hasResource(logicalName: string, type: string): boolean {
    const outline = new YamlOutline(this.text);
    const line = outline.keysBelow(outline.keysBelow(-1).get('Resources')).get(logicalName);
    const typeLine = outline.keysBelow(line).get('Type');
    return typeLine !== undefined && /:\s*['"]?([\w:]+)/.exec(outline.lines[typeLine]!)?.[1] === type;
  }

  /** Notes what a consumer needs if the template does not have it. */
  expect(subscription: Subscription, logicalName: string, what: string): void {
    if (!this.has(logicalName)) this.missing.push(`${labelOf(subscription)}: ${what}`);
  }

  /** @throws CommandError listing everything that is missing. */
  refuseMissing(): void {
    if (this.missing.length === 0) return;
    const list = this.missing.map((line) => `  ${line}`).join('\n');
    throw new CommandError(
      `The events need resources or parameters that ${this.path} does not have. Add them and run this again:\n${list}`,
    );
  }

  /**
   * Returns the text of the template with new content between its marks.
   *
   * @param texts the content of each part, in order, without indentation.
   */
  filled(texts: readonly string[]): string {
    const lineBreak = this.text.includes('\r\n') ? '\r\n' : '\n';
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
 * Adds marks below `Events:` of the only function, and `Events:` if it has none.
 *
 * @returns `undefined` if there is not exactly one function, or it is written on one line.
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
