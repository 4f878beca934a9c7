import { Outline } from './outline.js';

const FUNCTION = /:\s*(['"]?)AWS::Serverless::Function\1\s*(?:#|$)/;

/**
 * A template with marks below `Events:` of its function, which it gets where it has none.
 *
 * @returns `undefined` where there is not exactly one function, or it has no lines to put them between.
 */
export function markOnlyFunction(text: string): string | undefined {
  const outline = new Outline(text);
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

function functionsOf(outline: Outline): number[] {
  const resources = outline.keysBelow(outline.keysBelow(-1).get('Resources'));
  return [...resources.values()].filter((line) => {
    const type = outline.keysBelow(line).get('Type');
    return type !== undefined && FUNCTION.test(outline.lines[type]!);
  });
}

function marks(spaces: string): string[] {
  return [`${spaces}# lambent:events`, `${spaces}# lambent:end`];
}

function inserted({ lines }: Outline, at: number, added: readonly string[]): string {
  const ending = lines[0]!.endsWith('\r') ? '\r' : '';
  return lines.toSpliced(at, 0, ...added.map((line) => line + ending)).join('\n');
}
