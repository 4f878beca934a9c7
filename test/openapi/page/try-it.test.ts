import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import type { SecurityRequirement } from '../../../src/openapi/openapi-document.js';
import { inChromium, installedChromium, launchChromium, openPage } from '../chromium.js';
import { EVERY_FEATURE } from './every-feature.js';
import { type ServedPage, servePage } from './serve-page.js';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let browser: Browser | undefined;
let served: ServedPage;
let received: Received[] = [];
/** An event stream that the test writes to. */
let stream: ServerResponse | undefined;

async function api(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url!.endsWith('/sounds')) {
    stream = response;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: first\n\n');
    return;
  }
  received.push({ method: request.method!, url: request.url!, headers: request.headers, body: await text(request) });
  response.setHeader('content-type', 'application/json');
  response.end('{"id":12345678901234567890}');
}

beforeAll(async () => {
  if (installedChromium === undefined) return;
  browser = await launchChromium();
  served = await servePage(EVERY_FEATURE, (request, response) => void api(request, response), '/dev');
});

afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
});

beforeEach(() => {
  received = [];
  stream = undefined;
});

/** Sends the operation's form as it is, and returns what the API gets. */
async function send(tab: Page, operation: string): Promise<Received> {
  const place = tab.locator(`[id="${operation}"]`);
  await place.getByRole('button', { name: 'Send' }).click();
  await place.locator('.outcome').getByText('200 OK').waitFor();
  return received.at(-1)!;
}

function sample(tab: Page, operation: string): Promise<string> {
  return tab.locator(`[id="${operation}"] .samples pre`).innerText();
}

inChromium(
  'keys survive a reload, stay in the tab and out of addresses and samples, and can be forgotten',
  async () => {
    await using page = await openPage(browser!, `${served.url}#animalsList`);
    const { tab } = page;
    await tab.getByLabel('apiKey').fill('s3cret');
    await tab.reload();
    expect((await send(tab, 'animalsList')).headers['x-api-key']).toBe('s3cret');
    expect(await sample(tab, 'animalsList')).toContain("-H 'x-api-key: YOUR_API_KEY'");
    expect(await tab.locator('html').innerHTML()).not.toContain('s3cret');
    expect(tab.url()).not.toContain('s3cret');

    const other = await tab.context().newPage();
    await other.goto(served.url);
    expect(await other.getByLabel('apiKey').inputValue()).toBe('');

    await tab.getByRole('button', { name: 'Forget' }).click();
    await tab.getByText('Forgotten.').waitFor();
    expect(await tab.evaluate('sessionStorage.length')).toBe(0);
    await tab.reload();
    expect((await send(tab, 'animalsList')).headers['x-api-key']).toBeUndefined();
  },
);

inChromium('credentials are sent as their schemes say', async () => {
  await using page = await openPage(browser!, `${served.url}#animalsAdd`);
  const { tab } = page;
  await tab.getByLabel('basic username').fill('ädä');
  await tab.getByLabel('basic password').fill('p:w');
  const { authorization } = (await send(tab, 'animalsAdd')).headers;
  expect(Buffer.from(authorization!.slice('Basic '.length), 'base64').toString()).toBe('ädä:p:w');
  expect(await sample(tab, 'animalsAdd')).toContain("-u 'USERNAME:PASSWORD'");

  await tab.getByLabel('token').first().fill('abc');
  await tab.goto(`${served.url}#photosAdd`);
  await tab.getByLabel('Content type').last().selectOption('application/x-www-form-urlencoded');
  expect((await send(tab, 'photosAdd')).headers.authorization).toBe('Bearer abc');

  await tab.getByLabel('keyInQuery').fill('k&y');
  await tab.goto(`${served.url}#photosRename`);
  expect((await send(tab, 'photosRename')).url).toContain('?key=k%26y');
  // What is on the screen has a placeholder.
  expect(await tab.locator('#photosRename .sent').innerText()).toContain('?key=YOUR_API_KEY');
  // Two schemes that are needed together, once both are filled in.
  await tab.getByLabel('oauth').fill('o');
  await tab.getByLabel('tenant').fill('t');
  await tab.goto(`${served.url}#animalsList`);
  expect((await send(tab, 'animalsList')).headers).toMatchObject({ authorization: 'Bearer o', 'x-tenant': 't' });
});

const EITHER: SecurityRequirement[] = [{ apiKey: [] }, { session: [], csrf: [] }];

/** An API that accepts requests with cookies from pages of every origin. */
function allowingEveryOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'DELETE');
  response.setHeader('access-control-allow-headers', 'x-api-key, x-trace, content-type, x-csrf');
  if (request.method === 'OPTIONS') response.end();
  else void api(request, response);
}

inChromium('cookies go to another server where the operation takes some, and never into samples', async () => {
  await using other = await servePage(EVERY_FEATURE, allowingEveryOrigin);
  const url = new URL(other.url).origin;
  const { paths, components } = EVERY_FEATURE;
  await using mine = await servePage(
    {
      ...EVERY_FEATURE,
      servers: [{ url: '/' }, { url }],
      paths: {
        ...paths,
        '/either': { get: { ...paths['/animals']!.get!, operationId: 'either', parameters: [], security: EITHER } },
      },
      components: {
        ...components,
        securitySchemes: { ...components.securitySchemes, csrf: { type: 'apiKey', in: 'header', name: 'x-csrf' } },
      },
    },
    () => {},
  );
  await using page = await openPage(browser!, mine.url);
  const { tab } = page;
  await tab.context().addCookies([{ name: 'session', value: 's3cret', url }]);
  await tab.locator('[id="page/server"]').selectOption(url);
  const sent = async (operation: string) => {
    await tab.goto(`${mine.url}#${operation}`);
    return (await send(tab, operation)).headers;
  };

  await tab.goto(`${mine.url}#animalsRemove`);
  await tab.locator('#animalsRemove').getByLabel('id path').fill('1');
  expect((await sent('animalsRemove')).cookie).toBe('session=s3cret');
  expect(await sample(tab, 'animalsRemove')).toContain("-b 'session=YOUR_API_KEY'");
  // It has a cookie parameter, of which the page knows no value.
  expect((await sent('animalsList')).cookie).toBe('session=s3cret');
  expect(await sample(tab, 'animalsList')).not.toContain('-b ');
  expect((await sent('animalsAdd')).cookie).toBeUndefined();

  // Without a key, the cookie is what may authenticate.
  expect((await sent('either')).cookie).toBe('session=s3cret');
  await tab.getByLabel('csrf').fill('c');
  expect(await sent('either')).toMatchObject({ cookie: 'session=s3cret', 'x-csrf': 'c' });
  await tab.getByLabel('apiKey').fill('k');
  const { cookie, ...headers } = await sent('either');
  expect([cookie, headers['x-api-key']]).toEqual([undefined, 'k']);
  expect(await tab.locator('html').innerHTML()).not.toContain('s3cret');
});

inChromium('parameters are sent where they belong, below the stage', async () => {
  await using page = await openPage(browser!, `${served.url}#animalsList`);
  const { tab } = page;
  const operation = tab.locator('#animalsList');
  await operation.getByLabel('limit query').fill('5');
  await operation.getByLabel('kinds query').fill('cat, dog');
  const { url, headers } = await send(tab, 'animalsList');
  expect(url).toBe('/dev/animals?limit=5&kinds=cat&kinds=dog');
  expect(headers['x-trace']).toBe(`it's`);
  expect(await sample(tab, 'animalsList')).toContain(`/dev/animals?limit=5&kinds=cat&kinds=dog'`);
  await tab.goto(`${served.url}#animalsHear`);
  expect(await sample(tab, 'animalsHear')).toContain('/dev/animals/a%2Fb%20c/sounds');
});

inChromium('bodies are sent by their media type: JSON, text, forms and files', async () => {
  await using page = await openPage(browser!, `${served.url}#animalsAdd`);
  const { tab } = page;
  const add = tab.locator('#animalsAdd');
  await add.getByLabel('Example').selectOption('A dog');
  const json = await send(tab, 'animalsAdd');
  expect([json.headers['content-type'], JSON.parse(json.body)]).toEqual([
    'application/json',
    { kind: 'dog', name: 'Rex', friends: [] },
  ]);
  // The digits of a number that JavaScript would round.
  expect(await add.locator('.output pre.body').innerText()).toContain('12345678901234567890');
  await add.getByLabel('Content type').selectOption('text/plain');
  const plain = await send(tab, 'animalsAdd');
  expect([plain.headers['content-type'], plain.body]).toEqual(['text/plain', '@minka']);

  await tab.goto(`${served.url}#photosAdd`);
  const put = tab.locator('#photosAdd');
  await put.getByLabel('photos').setInputFiles([
    { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('one') },
    { name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('two') },
  ]);
  const files = await send(tab, 'photosAdd');
  expect(files.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(files.body.match(/name="photos"; filename="[ab]\.png"/g)).toHaveLength(2);
  expect(await sample(tab, 'photosAdd')).toContain(`-F 'photos=@"a.png"'`);
  await put.getByLabel('Content type').selectOption('application/x-www-form-urlencoded');
  expect((await send(tab, 'photosAdd')).body).toBe('caption=a+%26+b&labels=x&labels=y');
});

inChromium('an event stream is shown as it arrives, and can be cancelled', async () => {
  await using page = await openPage(browser!, `${served.url}#animalsHear`);
  const { tab } = page;
  const operation = tab.locator('#animalsHear');
  await operation.getByRole('button', { name: 'Send' }).click();
  await operation.locator('.output pre.body').getByText('data: first').waitFor();
  stream!.write('data: second\n\n');
  await operation.locator('.output pre.body').getByText('data: second').waitFor();
  const closed = new Promise((resolve) => stream!.once('close', resolve));
  await operation.getByRole('button', { name: 'Cancel' }).click();
  await closed;
  await operation.locator('.outcome').getByText('Cancelled.').waitFor();
});

inChromium('code samples are copied, in the language that the reader chooses', async () => {
  await using page = await openPage(browser!, `${served.url}#animalsHear`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { tab } = page;
  const operation = tab.locator('#animalsHear');
  await operation.getByRole('button', { name: 'JavaScript' }).click();
  await operation.getByRole('button', { name: 'Copy' }).click();
  await operation.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await tab.evaluate<string>('navigator.clipboard.readText()');
  expect(copied).toContain('const response = await fetch("http://127.0.0.1:');
  expect(copied).toBe(await sample(tab, 'animalsHear'));
  await operation.getByRole('button', { name: 'curl' }).click();
  expect(await sample(tab, 'animalsHear')).toMatch(/^curl 'http/);
});

inChromium('a model that contains itself unfolds as far as the reader goes', async () => {
  await using page = await openPage(browser!, `${served.url}#${encodeURIComponent('model/Dog')}`);
  let place = page.tab.locator('[id="model/Dog"]');
  for (let level = 0; level < 4; level++) {
    const nested = place.locator('li', { hasText: 'friends' }).first().locator('details.nested').first();
    await nested.locator('> summary').click();
    await nested.getByText('no item twice').first().waitFor();
    place = nested;
  }
});

inChromium('an opened operation has an address that opens it', async () => {
  await using page = await openPage(browser!, served.url);
  const { tab } = page;
  await tab.locator('#photosRename > summary').click();
  await tab.waitForURL(`${served.url}#photosRename`);
  await tab.reload();
  await tab.locator('#photosRename').getByRole('button', { name: 'Send' }).waitFor();
  expect(await tab.locator('nav [aria-current]').innerText()).toContain('Rename');
});
