import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { anchorsOf, type Page } from './markdown.js';

/** A link from a name of the reference to the guide that explains it. */
export interface GuideLink {
  readonly name: string;
  /** From the repository's root, as in `docs/pipeline.md`. */
  readonly page: string;
  readonly anchor: string | undefined;
}

/** The links from names to guides, on a page of the reference. */
export function guideLinksOf({ path, lines }: Page): GuideLink[] {
  return lines.flatMap((line, at) => {
    const target = /^→ \[[^\]]+\]\(([^)#]+)(?:#([^)]+))?\)$/.exec(line);
    const heading = lines.slice(0, at).findLast((above) => above.startsWith('### '));
    if (!target || !heading) return [];
    return [{ name: heading.slice(4), page: normalize(join(path, '..', target[1]!)), anchor: target[2] }];
  });
}

/** Whether a section's heading, a row or an item of its lists, or its first paragraph is about a name. */
export function isAbout(page: Page, anchor: string | undefined, name: string): boolean {
  const [heading = '', ...lines] = sectionAt(page, anchor);
  const asWords = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  const title = heading.replaceAll(/^#+ (the )?|`| object$/gi, '').toLowerCase();
  if (heading.includes(name) || asWords.endsWith(title) || `${asWords}s`.endsWith(title)) return true;
  const inCode = new RegExp(`\`@?${name}\\b`);
  const start = lines.findIndex((line) => line !== '');
  const end = lines.indexOf('', start);
  return lines.some((line, at) => inCode.test(line) && (/^ *[|-]/.test(line) || (at >= start && at < end)));
}

function sectionAt(page: Page, anchor: string | undefined): readonly string[] {
  const headings = page.lines.flatMap((line, at) => (/^#+ /.test(line) && !isInCode(page.lines, at) ? [at] : []));
  const isNamed = (at: number) => anchorsOf({ ...page, lines: [page.lines[at]!] })[0] === anchor;
  const index = anchor === undefined ? 0 : headings.findIndex(isNamed);
  return page.lines.slice(headings[index], headings[index + 1]);
}

function isInCode(lines: readonly string[], at: number): boolean {
  return lines.slice(0, at).filter((line) => /^ *```/.test(line)).length % 2 === 1;
}

/** The names whose links are declared, because nothing shows that their sections are about them. */
export function declaredNames(repository: string): string[] {
  const source = readFileSync(join(repository, 'scripts/reference/declared-links.mjs'), 'utf8');
  return Array.from(source.matchAll(/^ {2}(\w+): '/gm), ([, name]) => name!);
}
