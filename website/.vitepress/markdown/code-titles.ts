import type { MarkdownRenderer } from 'vitepress';

/** Shows the title of a fence such as ` ```ts title="orders.service.ts" ` above its code. GitHub leaves titles out. */
export function showCodeTitles(markdown: MarkdownRenderer): void {
  const { fence } = markdown.renderer.rules;
  if (!fence) throw new Error('VitePress no longer renders fences by a rule.');
  markdown.renderer.rules.fence = (...given) => {
    const [tokens, index] = given;
    const title = /\btitle="(?<title>[^"]+)"/.exec(tokens[index]?.info ?? '')?.groups?.['title'];
    const code = fence(...given);
    if (title === undefined) return code;
    return `<div class="titled-code"><div class="code-title">${markdown.utils.escapeHtml(title)}</div>${code}</div>`;
  };
}
