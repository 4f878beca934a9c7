import { slug } from 'github-slugger';
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress';

const GLOSSARY = 'glossary.md';

/** Gives each row of the glossary an anchor, so that a search for a term leads to its meaning. */
export function anchorTerms(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('anchor-terms', ({ tokens, env }) => {
    if (env.relativePath !== GLOSSARY) return;
    for (const [index, token] of tokens.entries()) {
      const terms = /^\*\*(?<terms>.+?)\*\*$/.exec(tokens[index + 2]?.content ?? '')?.groups?.['terms'];
      if (token.type === 'tr_open' && terms) token.attrSet('id', `term-${slug(terms)}`);
    }
  });
}

/** Renders a page for the search, which splits pages at their headings: each term of the glossary becomes one. */
export function renderForSearch(source: string, env: MarkdownEnv, markdown: Pick<MarkdownRenderer, 'render'>): string {
  const html = markdown.render(source, env);
  if (env.relativePath !== GLOSSARY) return html;
  return html.replaceAll(
    /<tr id="(term-[^"]+)">\s*<td><strong>(.+?)<\/strong><\/td>/g,
    '<h3>$2<a href="#$1">#</a></h3><tr>',
  );
}
