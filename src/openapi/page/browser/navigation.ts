import { all, byId } from './dom.js';

/** Finds operations and models, opens what the address names, and keeps the address of what is open. */
export function navigate(): void {
  const filter = byId<HTMLInputElement>('page/filter')!;
  filter.addEventListener('input', () => filterLinks(filter.value.toLowerCase().split(/\s+/)));
  filter.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter' && filter.value !== '') all('nav li:not([hidden]) a')[0]?.click();
  });
  addEventListener('hashchange', openTarget);
  document.addEventListener('click', ({ target }) => {
    const link = (target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
    // The address does not change if it names the same place again.
    if (link && link.hash === location.hash) openTarget();
  });
  openTarget();
}

/** Puts the address of an operation or a model that has been opened into the address bar, to be copied. */
export function keepAddress({ id }: HTMLElement): void {
  if (targetId() !== id) history.replaceState(null, '', `#${encodeURIComponent(id)}`);
  markCurrent();
}

function openTarget(): void {
  const target = byId(targetId());
  markCurrent();
  if (!target) return;
  const menu = byId('page/menu')!;
  if (menu.matches(':popover-open')) menu.hidePopover();
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.scrollIntoView();
  target.querySelector('summary')!.focus({ preventScroll: true });
}

function targetId(): string {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

function markCurrent(): void {
  for (const link of all<HTMLAnchorElement>('nav a')) {
    if (decodeURIComponent(link.hash.slice(1)) === targetId()) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** Shows the links that have every word, and the sections that have such a link. */
function filterLinks(words: readonly string[]): void {
  const items = all('nav li');
  for (const item of items) {
    const { title } = item.firstElementChild as HTMLAnchorElement;
    const text = `${item.textContent} ${title}`.toLowerCase();
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of all('nav section')) section.hidden = !all('li', section).some(({ hidden }) => !hidden);
  byId('page/found')!.textContent = items.every(({ hidden }) => hidden) ? 'Nothing found.' : '';
}
