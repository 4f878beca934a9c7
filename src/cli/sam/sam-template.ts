import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { fillParts, type MarkedPart, markOnlyFunction, partsOf } from './marks.js';
import { YamlOutline } from './yaml-outline.js';

/** A SAM template, edited as text: everything outside the marks stays as written. */
export class SamTemplate {
  constructor(
    readonly path: string,
    readonly text: string,
  ) {}

  get parts(): MarkedPart[] {
    return partsOf(this.text);
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

  /** Whether the template has a resource of this name and one of the types. */
  hasResource(logicalName: string, types: readonly string[]): boolean {
    const outline = new YamlOutline(this.text);
    const line = outline.keysBelow(outline.keysBelow(-1).get('Resources')).get(logicalName);
    const typeLine = outline.keysBelow(line).get('Type');
    const type = typeLine === undefined ? undefined : /:\s*['"]?([\w:]+)/.exec(outline.lines[typeLine]!)?.[1];
    return type !== undefined && types.includes(type);
  }

  /** Like {@link filled}, but keeps the parts that have the same values, however they are formatted. */
  changed(texts: readonly string[]): string {
    const { parts } = this;
    return this.filled(texts.map((text, index) => (haveSameValues(parts[index]!.inside, text) ? undefined : text)));
  }

  /**
   * Returns the text of the template with new content between its marks.
   *
   * @param texts the content of each part, in order, without indentation; `undefined` for a part that stays as it is.
   */
  filled(texts: readonly (string | undefined)[]): string {
    return fillParts(this.text, texts);
  }
}

/** Whether two YAML texts have the same values, however they are formatted. A text that is not valid YAML has not. */
export function haveSameValues(one: string, other: string): boolean {
  const [read, compared] = [readValue(one), readValue(other)];
  return read !== undefined && isDeepStrictEqual(read, compared);
}

/** Returns the value of a text, in a list of its own; `undefined` for a text that is not valid. */
function readValue(text: string): readonly [value: unknown] | undefined {
  // CloudFormation reads YAML 1.1, in which 2012-10-17 is a date. Its tags, such as !Sub, are not known: a warning.
  const { contents, errors } = parseDocument(text, { version: '1.1', logLevel: 'error' });
  return errors.length === 0 ? [valueOf(contents)] : undefined;
}

/** The tag counts: `!Sub` and `!Ref` of one text are different values. */
function valueOf(node: unknown): unknown {
  const value = contentOf(node);
  const tag = (node as Node | null)?.tag;
  return tag === undefined ? value : { tag, value };
}

function contentOf(node: unknown): unknown {
  if (isMap(node)) return new Map(node.items.map(({ key, value }) => [contentOf(key), valueOf(value)]));
  if (isSeq(node)) return node.items.map(valueOf);
  return isScalar(node) ? node.value : node;
}
