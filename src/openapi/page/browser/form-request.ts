import { operationAddress, type PagePlace } from './address.js';
import type { ApiRequest } from './code-samples.js';
import { type Alternatives, chosenSchemes, isCookieChosen, type Scheme } from './credentials.js';
import { all, byId } from './dom.js';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Returns the address of the page, for the addresses of operations. */
export function placeOfPage(): PagePlace {
  const server = byId<HTMLSelectElement | HTMLInputElement>('page/server')!;
  const servers = server instanceof HTMLSelectElement ? [...server.options].map(({ value }) => value) : [server.value];
  return { href: location.href, page: document.body.dataset.page!, servers };
}

/** Whether a request is sent, or shown to whoever looks at the screen, with placeholders for credentials and files. */
export type Purpose = 'send' | 'show';

/**
 * Returns the request that a form describes.
 *
 * @throws TypeError for an invalid address.
 */
export function requestOf(form: HTMLFormElement, purpose: Purpose): ApiRequest {
  const server = byId<HTMLSelectElement | HTMLInputElement>('page/server')!.value;
  const url = operationAddress(server, pathOf(form), placeOfPage());
  for (const field of fieldsOf(form, 'query'))
    for (const value of valuesOf(field)) url.searchParams.append(field.dataset.name!, value);
  const headers = named(fieldsOf(form, 'header'));
  const cookieFields = fieldsOf(form, 'cookie');
  const cookies = named(cookieFields);
  const { body, type } = bodyOf(form, purpose);
  if (type !== undefined) headers.push(['Content-Type', type]);
  const alternatives = JSON.parse(form.dataset.security!) as Alternatives;
  const basic = addCredentials({ url, headers, cookies }, chosenSchemes(alternatives), purpose);
  return {
    method: form.dataset.method!,
    url,
    headers,
    cookies,
    takesCookies: cookieFields.length > 0 || isCookieChosen(alternatives),
    ...(basic && { basic }),
    ...(body && { body }),
  };
}

type Places = Pick<ApiRequest, 'url'> & Record<'headers' | 'cookies', [name: string, value: string][]>;

/** Puts credentials where their schemes say, and returns those of basic authentication. */
function addCredentials(
  { url, headers, cookies }: Places,
  schemes: readonly Scheme[],
  purpose: Purpose,
): string | undefined {
  let basic: string | undefined;
  for (const { in: location, name, prefix, ...scheme } of schemes) {
    const value = purpose === 'send' ? scheme.value : scheme.placeholder;
    if (!value) continue;
    if (location === 'query') url.searchParams.append(name, value);
    else if (location === 'cookie') cookies.push([name, value]);
    else if (prefix === 'Basic') basic = value;
    else if (location === 'header') headers.push([name, prefix ? `${prefix} ${value}` : value]);
  }
  return basic;
}

function pathOf(form: HTMLFormElement): string {
  const values = new Map(fieldsOf(form, 'path').map((field) => [field.dataset.name, field.value]));
  return form.dataset.path!.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
}

function fieldsOf(form: HTMLFormElement, location: 'path' | 'query' | 'header' | 'cookie' | 'body' | 'form'): Field[] {
  return all<Field>(`[data-in=${location}]`, form).filter((field) => !field.matches(':disabled'));
}

function named(fields: readonly Field[]): [string, string][] {
  return fields.filter(({ value }) => value !== '').map((field) => [field.dataset.name!, field.value]);
}

/** The values of a field; the field of a list holds several, separated by commas. */
function valuesOf(field: Field): string[] {
  if (field.value === '') return [];
  return 'list' in field.dataset ? field.value.split(',').map((item) => item.trim()) : [field.value];
}

function bodyOf(form: HTMLFormElement, purpose: Purpose): { body?: ApiRequest['body']; type?: string } {
  const fieldset = all<HTMLFieldSetElement>('fieldset[data-media]', form).find(({ disabled }) => !disabled);
  if (!fieldset) return {};
  const type = fieldset.dataset.media!;
  const [text] = fieldsOf(form, 'body');
  if (text) return text.value === '' ? {} : { body: text.value, type };
  const fields = fieldsOf(form, 'form');
  // The browser says how it has written a form.
  return { body: type === 'multipart/form-data' ? multipart(fields, purpose) : urlencoded(fields) };
}

function urlencoded(fields: readonly Field[]): URLSearchParams {
  return new URLSearchParams(fields.flatMap((field) => valuesOf(field).map((value) => [field.dataset.name!, value])));
}

function multipart(fields: readonly Field[], purpose: Purpose): FormData {
  const data = new FormData();
  for (const field of fields) for (const part of partsOf(field, purpose)) data.append(field.dataset.name!, part);
  return data;
}

function partsOf(field: Field, purpose: Purpose): (string | File)[] {
  if (!(field instanceof HTMLInputElement) || !field.files) return valuesOf(field);
  const files = [...field.files];
  return files.length === 0 && purpose === 'show' && field.required ? [new File([], 'FILE')] : files;
}
