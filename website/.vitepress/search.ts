import type { DefaultTheme, MarkdownEnv, MarkdownRenderer } from 'vitepress';
import { GLOSSARY } from './markdown/glossary.js';

/** The full-text search that VitePress builds, and runs in the browser. */
export const search: DefaultTheme.Config['search'] = {
  provider: 'local',
  options: {
    _render: render,
    miniSearch: {
      searchOptions: {
        // Sent to the browser as text, so it must not use anything from outside. Decisions are for those who look for them.
        boostDocument: (id: string) => (id.includes('/decisions/') ? 0.5 : 1),
      },
    },
  },
};

/** VitePress splits what it indexes at the headings. */
function render(source: string, env: MarkdownEnv, markdown: Pick<MarkdownRenderer, 'render'>): string {
  // It has only what the pages have themselves.
  if (env.relativePath === 'index.md') return '';
  const html = markdown.render(source, env);
  return env.relativePath === GLOSSARY ? termsAsHeadings(html) : html;
}

/** Makes each term of the glossary a result of its own. */
function termsAsHeadings(html: string): string {
  return html.replaceAll(
    /<tr id="(term-[^"]+)">\s*<td><strong>(.+?)<\/strong><\/td>/g,
    '<h3>$2<a href="#$1">#</a></h3><tr>',
  );
}
