import type { MarkdownRenderer } from 'vitepress';

/** Makes the empty header of a column an ordinary cell, which screen readers don't announce as a header. */
export function leaveEmptyHeadersOut(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('leave-empty-headers-out', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'th_open' || tokens[index + 1]?.content !== '') continue;
      for (const cell of [token, tokens[index + 2]]) if (cell) cell.tag = 'td';
    }
  });
}
