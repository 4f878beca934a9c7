import { fillParts, type MarkedPart, markOnlyFunction, partsOf } from './marks.js';
import { haveSameValues } from './same-values.js';
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
