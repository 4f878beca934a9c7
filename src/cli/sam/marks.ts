import { YamlOutline } from './yaml-outline.js';

/** The start mark of a part. It may name a root module: `# lambent:events src/a.ts#A`. */
const START = /^(?<indent> *)# lambent:(?<kind>events|policies|variables)(?!\S)(?: (?<module>\S+)(?!\S))?/;
const MARK = /^ *# lambent:(?<name>end)?/;

/** The kind of content between marks: events, statements of a policy, or environment variables. */
export type PartKind = 'events' | 'policies' | 'variables';

/** The part of a template between two marks. */
export interface MarkedPart {
  readonly kind: PartKind;
  /** The root module that the start mark names. */
  readonly module: string | undefined;
  /** The present content. */
  readonly inside: string;
  /** The names of the function's events or variables that are not between marks. */
  readonly ownNames: ReadonlySet<string>;
  /** Whether anything stands beside the marks, below the same key. */
  readonly hasOwn: boolean;
  /** The names of the function's variables, also those for all functions, that are not between marks. */
  readonly ownVariables: ReadonlySet<string>;
  /** Whether the function names its role. SAM adds no policies to it then. */
  readonly hasRole: boolean;
}

/** A part that the command writes, from the line of its start mark to that of its end mark. */
interface Region {
  readonly first: number;
  readonly last: number;
  readonly indent: string;
  readonly kind: PartKind;
  readonly module: string | undefined;
}

/** Finds the parts of a text. A start mark without an end mark before the next mark is ignored. */
function regionsOf(lines: readonly string[]): Region[] {
  return lines.flatMap((line, first) => {
    const { indent, kind, module } = START.exec(line)?.groups ?? {};
    if (indent === undefined) return [];
    const last = lines.findIndex((other, at) => at > first && MARK.test(other));
    const isClosed = last > first && MARK.exec(lines[last]!)?.groups!['name'] === 'end';
    return isClosed ? [{ first, last, indent, kind: kind as PartKind, module }] : [];
  });
}

/** Returns the parts of a template between marks, in order. */
export function partsOf(template: string): MarkedPart[] {
  const lines = template.split('\n');
  const regions = regionsOf(lines);
  const isWritten = (at: number): boolean => regions.some(({ first, last }) => first <= at && at <= last);
  const outline = new YamlOutline(lines.map((line, at) => (isWritten(at) ? '#' : line)).join('\n'));
  return regions.map(({ first, last, indent, kind, module }) => {
    const heading = outline.keyAbove(first, indent.length);
    return {
      kind,
      module,
      inside: lines.slice(first + 1, last).join('\n'),
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
 * @param texts the content of each part, in order, without indentation; `undefined` for a part that stays as it is.
 */
export function fillParts(template: string, texts: readonly (string | undefined)[]): string {
  const lines = template.split('\n');
  const ending = template.includes('\r\n') ? '\r' : '';
  const regions = regionsOf(lines);
  return regions
    .reduceRight<readonly string[]>((filled, { first, last, indent }, index) => {
      const text = texts[index];
      if (text === undefined) return filled;
      const written = text.split('\n').filter(Boolean);
      return filled.toSpliced(first + 1, last - first - 1, ...written.map((line) => indent + line + ending));
    }, lines)
    .join('\n');
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
