/** Text that is already markup. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | false | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes every value in the markup that is not markup itself. `false` and `undefined` render nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((before, string, index) => before + markupOf(parts[index - 1]) + string));
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(markupOf).join('');
  return String(part).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Renders a list as `a, b or c`. */
export function listed(items: readonly Markup[], last: string): Markup {
  const separator = (index: number) => index > 0 && (index === items.length - 1 ? ` ${last} ` : ', ');
  return html`${items.map((item, index) => html`${separator(index)}${item}`)}`;
}

/** Renders a link to an address on the web; other addresses, such as `javascript:`, as text. */
export function externalLink(address: string, label: string): Markup {
  const isSafe = URL.canParse(address) && ['https:', 'http:', 'mailto:'].includes(new URL(address).protocol);
  return isSafe ? html`<a href="${address}" rel="noreferrer">${label}</a>` : html`${label}`;
}

/**
 * Marks Markdown for the page's script, which renders it. Without the script it is readable as it is written.
 *
 * The script builds elements, so that no description becomes markup on its way.
 */
export function markdown(text: string | undefined): Markup | undefined {
  return text ? html`<div class="markdown" data-markdown>${text.trim()}</div>` : undefined;
}
