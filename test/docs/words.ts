import { blocksOf, type Page } from './markdown.js';

/** Every word that pages have in code formatting: in spans, tables included, and in blocks. */
export function codeWords(pages: readonly Page[]): ReadonlySet<string> {
  return new Set(pages.flatMap(codeOf).flatMap((code) => code.match(/[\w$-]+/g) ?? []));
}

function codeOf(page: Page): string[] {
  const blocks = blocksOf(page).flatMap(({ code }) => code);
  const inBlocks = new Set(blocks.map(({ number }) => number));
  const prose = page.lines.filter((_, index) => !inBlocks.has(index + 1));
  const spans = prose.flatMap((line) => Array.from(line.matchAll(/`([^`]+)`/g), ([, span]) => span!));
  // `(a|b)` and `app.close()` are words of their own, too.
  return [...blocks.map(({ text }) => text), ...spans].flatMap((code) => [code, code.replaceAll('-', ' ')]);
}
