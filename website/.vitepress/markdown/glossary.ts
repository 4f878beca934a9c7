import { slug } from 'github-slugger';
import type { MarkdownRenderer } from 'vitepress';

export const GLOSSARY = 'glossary.md';

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
