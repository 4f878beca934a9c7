import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { all, element } from './dom.js';

/** Renders the Markdown in an element, in place. */
export function renderMarkdown(within: ParentNode): void {
  for (const target of all('[data-markdown]', within)) {
    const isInline = target.dataset.markdown === 'inline';
    delete target.dataset.markdown;
    const text = target.textContent;
    const tokens = isInline ? Lexer.lexInline(text) : Lexer.lex(text);
    const context: Context = { level: levelOf(target) - highest(tokens), links: !target.closest('summary') };
    target.replaceChildren(...nodes(tokens, context));
  }
}

interface Context {
  /** What to add to the depth of a heading, so that the highest stand one below the heading that they are under. */
  readonly level: number;
  /** Nothing inside a summary can be clicked but the summary. */
  readonly links: boolean;
}

function levelOf(target: HTMLElement): number {
  if (target.closest('.card')) return target.closest('li') ? 5 : 4;
  return target.closest('section') ? 3 : 2;
}

/** Authors start with `#` as well as with `##`. */
function highest(tokens: readonly Token[]): number {
  return Math.min(6, ...tokens.map((token) => (token.type === 'heading' ? (token as Tokens.Heading).depth : 6)));
}

function nodes(tokens: readonly Token[] = [], context: Context): Node[] {
  return tokens.map((token) => nodeOf(token as MarkedToken, context));
}

/** Creates the node of a token. What is not known here, such as HTML, is shown as it is written. */
function nodeOf(token: MarkedToken, context: Context): Node {
  const inside = () => nodes('tokens' in token ? token.tokens : [], context);
  switch (token.type) {
    case 'space':
    case 'def':
      return document.createTextNode('\n');
    case 'heading':
      return element(headingOf(token.depth + context.level), '', ...inside());
    case 'paragraph':
      return element('p', '', ...inside());
    case 'text':
      return 'tokens' in token && token.tokens ? fragment(inside()) : plain(token.text);
    case 'escape':
      return plain(token.text);
    case 'strong':
    case 'em':
    case 'del':
    case 'blockquote':
      return element(token.type, '', ...inside());
    case 'codespan':
      return element('code', '', token.text);
    case 'code':
      return codeBlock(token.text);
    case 'br':
    case 'hr':
      return element(token.type, '');
    case 'link':
      return link(token, inside(), context);
    case 'image':
      return link(token, [plain(token.text || token.href)], context);
    case 'list':
      return list(token, context);
    case 'table':
      return table(token, context);
    default:
      return document.createTextNode(token.raw);
  }
}

function fragment(children: readonly Node[]): DocumentFragment {
  const created = document.createDocumentFragment();
  created.append(...children);
  return created;
}

function headingOf(level: number): 'h2' | 'h3' | 'h4' | 'h5' | 'h6' {
  return `h${Math.min(6, level)}` as 'h2';
}

function codeBlock(text: string): HTMLPreElement {
  const block = element('pre', '', element('code', '', text));
  block.tabIndex = 0;
  return block;
}

/** Links lead to the web, to mail, or to a place of this site. Any other address, such as `javascript:`, stays text. */
function link({ href, title }: Tokens.Link | Tokens.Image, children: Node[], context: Context): Node {
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : undefined;
  if (!context.links || !url || !/^(?:https?|mailto):$/.test(url.protocol)) return element('span', '', ...children);
  const created = element('a', '', ...children);
  created.href = href;
  created.rel = 'noreferrer';
  if (title) created.title = title;
  return created;
}

function list({ ordered, start, items }: Tokens.List, context: Context): HTMLElement {
  const children = items.map(({ tokens }) => element('li', '', ...nodes(tokens, context)));
  if (!ordered) return element('ul', '', ...children);
  const created = element('ol', '', ...children);
  created.start = start === '' ? 1 : start;
  return created;
}

function table({ header, rows }: Tokens.Table, context: Context): HTMLElement {
  const row = (cells: readonly Tokens.TableCell[], name: 'th' | 'td') =>
    element('tr', '', ...cells.map(({ tokens }) => element(name, '', ...nodes(tokens, context))));
  const body = element('tbody', '', ...rows.map((cells) => row(cells, 'td')));
  const wrapper = element('div', 'scrolling', element('table', '', element('thead', '', row(header, 'th')), body));
  wrapper.tabIndex = 0;
  return wrapper;
}

const REFERENCES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};

/** Resolves the character references that people write in Markdown. */
function plain(text: string): Text {
  return document.createTextNode(text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => REFERENCES[name]!));
}
