const COMMENT = /\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?/g;
// A block comment may be followed by more; the other kind ends the line.
const COMMENTS_ON_THE_LINE = /(?:[ \t]*\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/y;

/** How the file ends its lines. */
export function lineBreakOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}

/** What the line of an offset starts with. */
export function indentAt(source: string, offset: number): string {
  const line = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(line)![0];
}

/** Where the comments end that follow an offset on its line, and so belong to what is before it. */
export function afterComments(source: string, offset: number): number {
  COMMENTS_ON_THE_LINE.lastIndex = offset;
  return offset + COMMENTS_ON_THE_LINE.exec(source)![0].length;
}

/** With spaces where comments are, so that offsets stay. For text between two nodes, where no quotes are. */
export function withoutComments(text: string): string {
  return text.replaceAll(COMMENT, (comment) => ' '.repeat(comment.length));
}
