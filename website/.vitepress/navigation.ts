import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DefaultTheme } from 'vitepress';
import { docs } from './repository.js';

/** A heading of an index page, with the pages that its list links. */
interface Group {
  readonly text: string;
  readonly items: DefaultTheme.SidebarItem[];
}

/** The navigation is the lists of two index pages, so a page that is listed there is reachable here. */
export function sidebars(): DefaultTheme.SidebarMulti {
  return {
    '/': groupsOf('index.md'),
    '/decisions/': [{ text: 'Documentation', link: '/#documentation' }, ...groupsOf('decisions/index.md')],
  };
}

function groupsOf(index: string): Group[] {
  const groups: Group[] = [];
  for (const line of readFileSync(join(docs, index), 'utf8').split('\n')) {
    const heading = /^#+ (?<text>.+)$/.exec(line)?.groups?.['text'];
    if (heading) groups.push({ text: heading, items: [] });
    if (line.startsWith('- ')) groups.at(-1)?.items.push(...linksOf(line, dirname(index)));
  }
  return groups.filter(({ items }) => items.length > 0);
}

function linksOf(line: string, folder: string): DefaultTheme.SidebarItem[] {
  return Array.from(line.matchAll(/\[(?<text>.+?)\]\((?<path>[\w./-]+)\.md\)/g), ({ groups }) => ({
    text: groups!['text']!.replaceAll('`', ''),
    link: `/${join(folder, groups!['path']!).replace(/(^|\/)index$/, '$1')}`,
  }));
}
