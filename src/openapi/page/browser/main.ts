// The script of the documentation page, which runs in the browser: it filters the operations, opens the one that the
// address names, and sends requests. `npm run page-script` bundles it into ../page-script.ts.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

for (const form of all<HTMLFormElement>('form.try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}
const filter = byId<HTMLInputElement>('filter')!;
filter.addEventListener('input', () => filterOperations(filter.value.toLowerCase().split(/\s+/)));
addEventListener('hashchange', openTarget);
openTarget();

/** Opens the operation that the address names. */
function openTarget(): void {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
  target.scrollIntoView();
}

/** Shows the links that have every word, and the sections that have such a link. */
function filterOperations(words: readonly string[]): void {
  for (const link of all('nav li')) {
    const { title } = link.firstElementChild as HTMLAnchorElement;
    const text = (link.textContent + title).toLowerCase();
    link.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of all('nav section')) section.hidden = !all('li', section).some((link) => !link.hidden);
}

/** Sends the request of a form, and shows the request and its response below the form. */
async function send(form: HTMLFormElement): Promise<void> {
  const output = form.querySelector('.output')!;
  const button = form.querySelector('button')!;
  output.replaceChildren();
  button.disabled = true;
  try {
    const { url, init } = requestOf(form);
    output.append(element('p', 'media', `${init.method} ${url.href}`));
    const start = performance.now();
    const response = await fetch(url, init);
    await show(output, response, performance.now() - start);
  } catch (error) {
    const { message } = error as Error;
    output.append(
      element('p', 'note', `No response: ${message}. Does the server allow requests from this page (CORS)?`),
    );
  } finally {
    button.disabled = false;
  }
}

/** Query parameters in the order of their fields; a name may appear more than once. */
type Query = [name: string, value: string][];

function requestOf(form: HTMLFormElement): { url: URL; init: RequestInit } {
  const query: Query = [];
  const headers = new Headers();
  for (const field of fieldsOf(form, 'query'))
    for (const value of valuesOf(field)) query.push([field.dataset.name!, value]);
  for (const field of fieldsOf(form, 'header')) if (field.value !== '') headers.set(field.dataset.name!, field.value);
  for (const name of form.dataset.schemes!.split(' ').filter(Boolean)) authorize(name, query, headers);
  return { url: addressOf(form, query), init: { method: form.dataset.method, headers, body: bodyOf(form, headers) } };
}

function fieldsOf(form: HTMLFormElement, location: 'path' | 'query' | 'header' | 'body' | 'form'): Field[] {
  return all<Field>(`[data-in=${location}]`, form);
}

/** The values of a field; the field of a list holds several, separated by commas. */
function valuesOf(field: Field): string[] {
  if (field.value === '') return [];
  return 'list' in field.dataset ? field.value.split(',').map((item) => item.trim()) : [field.value];
}

/** Adds the credentials of a security scheme, if the reader has entered any. */
function authorize(scheme: string, query: Query, headers: Headers): void {
  const field = byId<HTMLInputElement>(`scheme-${scheme}`);
  if (!field || field.value === '') return;
  const { in: location, name, prefix } = field.dataset;
  // Basic credentials are the base64 of UTF-8; `btoa` takes one byte a character.
  const value = prefix === 'Basic' ? btoa(unescape(encodeURIComponent(field.value))) : field.value;
  if (location === 'query') query.push([name!, value]);
  else headers.set(name!, prefix ? `${prefix} ${value}` : value);
}

function addressOf(form: HTMLFormElement, query: Query): URL {
  const fields = new Map(fieldsOf(form, 'path').map((field) => [field.dataset.name, field.value]));
  const path = form.dataset.path!.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(fields.get(name) ?? ''),
  );
  const server = byId<HTMLSelectElement>('server')!.value.replace(/\/$/, '');
  const url = new URL((/^https?:/i.test(server) ? server : basePath() + server) + path, location.origin);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}

/** The prefix of the page's path: a stage or a base path. */
function basePath(): string {
  const [path, page] = [location.pathname, document.body.dataset.page!].map((each) => each.replace(/\/$/, '')) as [
    string,
    string,
  ];
  return path.endsWith(page) ? path.slice(0, path.length - page.length) : '';
}

function bodyOf(form: HTMLFormElement, headers: Headers): string | FormData | undefined {
  const [text] = fieldsOf(form, 'body');
  if (text) {
    if (text.value === '') return undefined;
    headers.set('content-type', text.dataset.type!);
    return text.value;
  }
  const fields = fieldsOf(form, 'form');
  if (fields.length === 0) return undefined;
  const data = new FormData();
  for (const field of fields) {
    if (field instanceof HTMLInputElement && field.type === 'file')
      for (const file of field.files!) data.append(field.dataset.name!, file);
    else if (field.value !== '') data.append(field.dataset.name!, field.value);
  }
  return data;
}

async function show(output: Element, response: Response, milliseconds: number): Promise<void> {
  const type = response.headers.get('content-type') ?? '';
  const blob = await response.blob();
  const line = element('p', '', '');
  line.append(
    element('span', `status s${String(response.status)[0]}`, `${response.status} ${response.statusText}`),
    element('small', '', `  ${Math.round(milliseconds)} ms, ${blob.size} bytes`),
  );
  const headers = element('details', 'example', '');
  headers.append(
    element('summary', '', 'Headers'),
    element('pre', '', [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')),
  );
  output.append(line, headers);
  if (blob.size === 0) return;
  const isText = /json|text|xml|csv/.test(type);
  output.append(isText ? element('pre', 'body', indented(await blob.text())) : downloadLink(blob));
}

/** JSON with line breaks; other text as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function downloadLink(blob: Blob): HTMLAnchorElement {
  const link = element('a', '', `Save the response (${blob.type})`);
  link.href = URL.createObjectURL(blob);
  link.download = '';
  return link;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const created = document.createElement(name);
  created.className = className;
  created.textContent = text;
  return created;
}

function all<T extends HTMLElement = HTMLElement>(selector: string, within: ParentNode = document): T[] {
  return [...within.querySelectorAll<T>(selector)];
}

function byId<T extends HTMLElement = HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}
