import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { GITHUB, root } from '../repository.js';

/** Links to files of the repository that are no pages of the website lead to GitHub, as they do when read there. */
export function linkRepository(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('link-repository', ({ tokens, env }) => {
    const page = join('docs', env.relativePath);
    for (const link of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open'))
      link.attrSet('href', targetOf(link.attrGet('href') ?? '', page));
  });
}

/**
 * @param href As the page writes it.
 * @param page The path of the page in the repository.
 * @throws Error if there is no such file.
 */
export function targetOf(href: string, page: string): string {
  if (/^(#|\/|\w+:)/.test(href)) return href;
  const [file = '', anchor] = href.split('#');
  const path = join(dirname(page), file);
  const kind = statSync(join(root, path), { throwIfNoEntry: false });
  if (!kind) throw new Error(`${page} links ${href}, but there is no ${path}`);
  const hash = anchor === undefined ? '' : `#${anchor}`;
  if (path.startsWith('docs/') && path.endsWith('.md')) return `${path.slice('docs'.length)}${hash}`;
  return `${GITHUB}/${kind.isDirectory() ? 'tree' : 'blob'}/main/${path}${hash}`;
}
