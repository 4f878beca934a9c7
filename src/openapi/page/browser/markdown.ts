import { all, element } from './dom.js';
import { type Block, blocksOf } from './markdown-blocks.js';
import { type Inline, inlineOf } from './markdown-inline.js';

/** Renders the Markdown in an element, in place. */
export function renderMarkdown(within: ParentNode): void {
  for (const target of all('[data-markdown]', within)) {
    const isInline = target.dataset.markdown === 'inline';
    delete target.dataset.markdown;
    const text = target.textContent;
    if (isInline) target.replaceChildren(...inlineNodes(withoutLinks(inlineOf(text))));
    else {
      const blocks = blocksOf(text);
      const level = levelOf(target) - highest(blocks);
      target.replaceChildren(...blocks.map((block) => blockNode(block, level)));
    }
  }
}

/** Nothing inside a summary can be clicked but the summary. */
function withoutLinks(inline: readonly Inline[]): Inline[] {
  return inline.flatMap((each) => (each.type === 'link' ? withoutLinks(each.children) : [each]));
}

/** The level for the first headings of a description: one below the heading that it stands under. */
function levelOf(target: HTMLElement): number {
  if (target.closest('.card')) return target.closest('li') ? 5 : 4;
  return target.closest('section') ? 3 : 2;
}

/** Authors start with `#` as well as with `##`. */
function highest(blocks: readonly Block[]): number {
  return Math.min(6, ...blocks.map((block) => (block.type === 'heading' ? block.level : 6)));
}

/** Creates the element of a block. `level` is added to the levels of headings. */
function blockNode(block: Block, level: number): HTMLElement {
  const nodes = (blocks: readonly Block[]) => blocks.map((each) => blockNode(each, level));
  switch (block.type) {
    case 'heading':
      return element(`h${Math.min(6, block.level + level)}` as 'h2', '', ...inlineNodes(block.children));
    case 'paragraph':
      return element('p', '', ...inlineNodes(block.children));
    case 'code':
      return scrolling(element('pre', '', element('code', '', block.text)));
    case 'quote':
      return element('blockquote', '', ...nodes(block.children));
    case 'list':
      return list(
        block.start,
        block.items.map((item) => element('li', '', ...nodes(item))),
      );
    case 'table':
      return scrolling(element('div', 'scrolling', table(block.rows)));
    case 'rule':
      return element('hr', '');
  }
}

/** Lets the keyboard scroll what is wider than the page. */
function scrolling<T extends HTMLElement>(target: T): T {
  target.tabIndex = 0;
  return target;
}

function list(start: number | undefined, items: readonly HTMLElement[]): HTMLElement {
  if (start === undefined) return element('ul', '', ...items);
  const created = element('ol', '', ...items);
  created.start = start;
  return created;
}

function table([header = [], ...rows]: (Block & { type: 'table' })['rows']): HTMLElement {
  const row = (cells: typeof header, name: 'th' | 'td') =>
    element('tr', '', ...cells.map((cell) => element(name, '', ...inlineNodes(cell))));
  const body = element('tbody', '', ...rows.map((cells) => row(cells, 'td')));
  return element('table', '', element('thead', '', row(header, 'th')), body);
}

function inlineNodes(inline: readonly Inline[]): Node[] {
  return inline.map((each) => {
    switch (each.type) {
      case 'text':
        return document.createTextNode(each.text);
      case 'code':
        return element('code', '', each.text);
      case 'br':
        return element('br', '');
      case 'link':
        return link(each.href, inlineNodes(each.children));
      default:
        return element(each.type, '', ...inlineNodes(each.children));
    }
  });
}

/** Links lead to the web, to mail, or to a place of this site. Any other address, such as `javascript:`, stays text. */
function link(href: string, children: readonly Node[]): HTMLElement {
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (!url || !/^(?:https?|mailto):$/.test(url.protocol)) return element('span', '', ...children);
  const created = element('a', '', ...children);
  created.href = href;
  created.rel = 'noreferrer';
  return created;
}
