import { all, byId } from './dom.js';

/** A security scheme's place in the page: where its credentials stand in a request, and the fields that hold them. */
export interface Scheme {
  readonly in: string;
  readonly name: string;
  readonly prefix: string;
  readonly placeholder: string;
  /** What the reader has entered; empty if nothing. */
  readonly value: string;
}

/** Several APIs can share an origin, such as the stages of a REST API. */
const STORE = `lambent credentials of ${location.pathname}`;

export function schemeOf(name: string): Scheme | undefined {
  const place = all('[data-scheme]').find(({ dataset }) => dataset.scheme === name);
  if (!place) return undefined;
  const values = fields(place).map(({ value }) => value);
  const { in: location, name: as, prefix, placeholder } = place.dataset as Record<string, string>;
  const value = values.some((each) => each !== '') ? values.join(':') : '';
  return { in: location!, name: as!, prefix: prefix!, placeholder: placeholder!, value };
}

/** Returns the alternative that the reader has filled in, else the first: the names of schemes needed together. */
export function chosenSchemes(alternatives: readonly (readonly string[])[]): Scheme[] {
  const schemes = alternatives.map((names) => names.map(schemeOf).filter((scheme) => scheme !== undefined));
  return schemes.find((each) => each.length > 0 && each.every(({ value }) => value !== '')) ?? schemes[0] ?? [];
}

function fields(within: ParentNode = document): HTMLInputElement[] {
  return all<HTMLInputElement>('[data-credential]', within);
}

/**
 * Fills in what the tab has kept, and keeps what is entered.
 *
 * In `sessionStorage`: it outlives a reload, but neither the tab nor the visit, and other tabs don't see it.
 */
export function keepCredentials(changed: () => void): void {
  const kept = read();
  for (const field of fields()) {
    field.value = kept[field.id] ?? '';
    field.addEventListener('input', () => {
      store();
      changed();
    });
  }
  byId('page/forget')?.addEventListener('click', () => {
    for (const field of fields()) field.value = '';
    store();
    byId('page/forgotten')!.textContent = 'Forgotten.';
    changed();
  });
}

function read(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

function store(): void {
  byId('page/forgotten')!.textContent = '';
  const filled = fields().filter(({ value }) => value !== '');
  try {
    if (filled.length === 0) sessionStorage.removeItem(STORE);
    else sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(filled.map(({ id, value }) => [id, value]))));
  } catch {
    // A browser that refuses storage keeps them in the fields alone.
  }
}
