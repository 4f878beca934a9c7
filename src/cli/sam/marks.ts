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
  /** Whether anything stands beside the marks, below the same key. */
  readonly hasOwn: boolean;
  /** The names of the function's variables, also those for all functions, that are not between marks. */
  readonly ownVariables: ReadonlySet<string>;
  /** Whether the function names its role. SAM adds no policies to it then. */
  readonly hasRole: boolean;
}

/** Returns the parts of a template between marks, in order. */
export function partsOf(template: string): MarkedPart[] {
  const outline = new YamlOutline(template.replace(REGION, (part) => part.replaceAll(/[^\n]+/g, '#')));
  return Array.from(template.matchAll(REGION), ({ index, groups }) => {
    const line = template.slice(0, index).split('\n').length - 1;
    const heading = outline.keyAbove(line, groups!['indent']!.length);
    return {
      kind: groups!['kind'] as PartKind,
      module: groups!['module'],
      ownNames: new Set(outline.keysBelow(heading).keys()),
      hasOwn: outline.endOf(heading) > heading + 1,
      ...functionAround(outline, heading),
    };
  });
}

/** Returns what the properties of a function say, around a line of them. */
function functionAround(outline: YamlOutline, line: number): Pick<MarkedPart, 'ownVariables' | 'hasRole'> {
  let properties = line;
  while (properties >= 0 && !/^ *Properties:/.test(outline.lines[properties]!))
    properties = outline.keyAbove(properties, outline.lines[properties]!.search(/\S/));
  const own = properties < 0 ? undefined : properties;
  const globals = outline.lineOf(['Globals', 'Function'], -1);
  const variables = [own, globals].flatMap((from) => [
    ...outline.keysBelow(outline.lineOf(['Environment', 'Variables'], from)).keys(),
  ]);
  return { ownVariables: new Set(variables), hasRole: outline.keysBelow(own).has('Role') };
}

/**
 * Replaces what is between the marks of a template.
 *
 * @param texts the content of each part, in order, without indentation.
 */
export function fillParts(template: string, texts: readonly string[]): string {
  const lineBreak = template.includes('\r\n') ? '\r\n' : '\n';
  let part = 0;
  return template.replace(REGION, (...args) => {
    const [whole, { indent, inside }] = [args[0] as string, args.at(-1) as { indent: string; inside: string }];
    const lines = texts[part++]!.split('\n')
      .filter(Boolean)
      .map((line) => indent + line + lineBreak);
    return (
      whole.slice(0, whole.indexOf('\n') + 1) + lines.join('') + whole.slice(whole.indexOf('\n') + 1 + inside.length)
    );
  });
}

const FUNCTION = /:\s*(['"]?)AWS::Serverless::Function\1\s*(?:#|$)/;

/**
 * Adds marks below `Events:` of the only function, and `Events:` if it has none.
 *
 * @returns `undefined` if there is not exactly one function, or it is written on one line.
 */
export function markOnlyFunction(text: string): string | undefined {
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
