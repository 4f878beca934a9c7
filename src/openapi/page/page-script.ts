/**
 * What the page does in the browser: it finds operations, opens the one of its address, and sends requests.
 *
 * Plain text, for nothing that is compiled, bundled or instrumented may change what its hash in the
 * Content-Security-Policy is made of.
 */
export const PAGE_SCRIPT = `'use strict';
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);

function openTarget() {
  const target = byId(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches('details')) { target.open = true; target.scrollIntoView(); }
}

function find(words) {
  for (const link of all('nav li')) {
    const text = (link.textContent + link.firstElementChild.title).toLowerCase();
    link.hidden = !words.every((word) => text.includes(word));
  }
  for (const section of all('nav section')) section.hidden = !all('li', section).some((link) => !link.hidden);
}

/** What stands before the page's path: a stage, or a base path. */
function base() {
  const [path, page] = [location.pathname, document.body.dataset.page].map((each) => each.replace(/\\/$/, ''));
  return path.endsWith(page) ? path.slice(0, path.length - page.length) : '';
}

function addressOf(form, query) {
  const fields = new Map(all('[data-in=path]', form).map((field) => [field.dataset.name, field.value]));
  const path = form.dataset.path.replace(/\\{([^}]+)\\}/g, (whole, name) => encodeURIComponent(fields.get(name) || ''));
  const server = byId('server').value.replace(/\\/$/, '');
  const url = new URL((/^https?:/i.test(server) ? server : base() + server) + path, location.origin);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}

function valuesOf(field) {
  if (field.value === '') return [];
  return 'list' in field.dataset ? field.value.split(',').map((item) => item.trim()) : [field.value];
}

function requestOf(form) {
  const query = [], headers = new Headers();
  for (const field of all('[data-in=query]', form)) for (const value of valuesOf(field)) query.push([field.dataset.name, value]);
  for (const field of all('[data-in=header]', form)) if (field.value !== '') headers.set(field.dataset.name, field.value);
  for (const name of form.dataset.schemes.split(' ').filter(Boolean)) authorise(name, query, headers);
  return { url: addressOf(form, query), init: { method: form.dataset.method, headers, body: bodyOf(form, headers) } };
}

function authorise(name, query, headers) {
  const field = byId('scheme-' + name);
  if (!field || field.value === '') return;
  const { in: place, name: key, prefix } = field.dataset;
  const value = prefix === 'Basic' ? btoa(unescape(encodeURIComponent(field.value))) : field.value;
  if (place === 'query') query.push([key, value]);
  else headers.set(key, prefix ? prefix + ' ' + value : value);
}

function bodyOf(form, headers) {
  const text = form.querySelector('[data-in=body]');
  if (text) {
    if (text.value === '') return undefined;
    headers.set('content-type', text.dataset.type);
    return text.value;
  }
  const fields = all('[data-in=form]', form);
  if (fields.length === 0) return undefined;
  const data = new FormData();
  for (const field of fields) {
    if (field.type === 'file') for (const file of field.files) data.append(field.dataset.name, file);
    else if (field.value !== '') data.append(field.dataset.name, field.value);
  }
  return data;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

async function show(answer, response, milliseconds) {
  const type = response.headers.get('content-type') || '';
  const blob = await response.blob();
  const line = element('p', '', '');
  line.append(element('span', 'status s' + String(response.status)[0], response.status + ' ' + response.statusText),
    element('small', '', '  ' + Math.round(milliseconds) + ' ms, ' + blob.size + ' bytes'));
  answer.append(line);
  const headers = element('details', 'example', '');
  headers.append(element('summary', '', 'Headers'),
    element('pre', '', [...response.headers].map(([name, value]) => name + ': ' + value).join('\\n')));
  answer.append(headers);
  if (blob.size > 0) answer.append(/json|text|xml|csv/.test(type) ? element('pre', 'body', pretty(await blob.text())) : download(blob));
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function download(blob) {
  const link = element('a', '', 'Save the answer (' + blob.type + ')');
  link.href = URL.createObjectURL(blob);
  link.download = '';
  return link;
}

async function send(form) {
  const answer = form.querySelector('.answer');
  const button = form.querySelector('button');
  answer.replaceChildren();
  button.disabled = true;
  try {
    const { url, init } = requestOf(form);
    answer.append(element('p', 'media', init.method + ' ' + url.href));
    const start = performance.now();
    const response = await fetch(url, init);
    await show(answer, response, performance.now() - start);
  } catch (error) {
    answer.append(element('p', 'note', 'No answer: ' + error.message + '. Does the server allow requests from this page (CORS)?'));
  } finally {
    button.disabled = false;
  }
}

for (const form of all('form.try')) {
  form.addEventListener('submit', (event) => { event.preventDefault(); send(form); });
}
byId('filter').addEventListener('input', ({ target }) => find(target.value.toLowerCase().split(/\\s+/)));
addEventListener('hashchange', openTarget);
openTarget();
`;
