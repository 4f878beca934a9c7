import { all, byId } from './dom.js';

/** A security scheme's place in the page: where its credentials stand in a request, and the fields that hold them. */
export interface Scheme {
  readonly in: string;
  readonly name: string;
  readonly prefix: string;
  readonly placeholder: string;
  /** The value that the reader has entered, empty if nothing; `undefined` if the browser sends it, such as a cookie. */
  readonly value: string | undefined;
}

/** Several APIs can share an origin, such as the stages of a REST API. */
const STORE = `lambent credentials of ${location.pathname}`;

function schemeOf(name: string): Scheme | undefined {
  const place = all('[data-scheme]').find(({ dataset }) => dataset.scheme === name);
  if (!place) return undefined;
  const values = fields(place).map(({ value }) => value);
  const { in: location, name: as, prefix, placeholder } = place.dataset as Record<string, string>;
  const entered = values.some((each) => each !== '') ? values.join(':') : '';
  return {
    in: location!,
    name: as!,
    prefix: prefix!,
    placeholder: placeholder!,
    value: values.length === 0 ? undefined : entered,
  };
}

/** The names of the schemes that are needed together, for each alternative. */
export type Alternatives = readonly (readonly string[])[];

/** Returns the alternative that the reader has filled in, else the first. */
export function chosenSchemes(alternatives: Alternatives): Scheme[] {
  const schemes = alternatives.map(schemesOf);
  const isFilledIn = (each: readonly Scheme[]) => each.some(isEntered) && each.every(({ value }) => value !== '');
  return schemes.find(isFilledIn) ?? schemes[0] ?? [];
}

/** Whether a cookie authenticates: in the alternative that the reader has filled in, or else in any. */
export function isCookieChosen(alternatives: Alternatives): boolean {
  const chosen = chosenSchemes(alternatives);
  const possible = chosen.some(isEntered) ? chosen : alternatives.flatMap(schemesOf);
  return possible.some((scheme) => scheme.in === 'cookie');
}

function schemesOf(names: readonly string[]): Scheme[] {
  return names.map(schemeOf).filter((scheme) => scheme !== undefined);
}

function isEntered({ value }: Scheme): boolean {
  return value !== undefined && value !== '';
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
