/** Puts `text` in the place of what is between two offsets, of which the second may equal the first. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function insertAt(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}

/** All at once, so that each offset is one of the original; the edits don't overlap. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let [result, from] = ['', 0];
  for (const { start, end, text } of edits.toSorted((a, b) => a.start - b.start)) {
    result += source.slice(from, start) + text;
    from = end;
  }
  return result + source.slice(from);
}
