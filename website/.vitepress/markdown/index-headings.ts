import type { MarkdownRenderer } from 'vitepress';

/** The index of the documentation is a part of the landing page, whose own title comes first. */
export function lowerHeadingsOfIndex(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('lower-headings-of-index', ({ tokens, env }) => {
    if (env.relativePath !== 'index.md') return;
    for (const token of tokens.filter(({ type }) => type.startsWith('heading_')))
      token.tag = `h${Number(token.tag.slice(1)) + 1}`;
  });
}
