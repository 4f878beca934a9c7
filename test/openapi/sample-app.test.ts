import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LocalServer, serve } from 'lambent/local';
import { Test, type TestingApplication } from 'lambent/testing';
import type { Browser } from 'playwright-core';
import { AppModule } from '../../sample-app/src/app.module.js';
import { options } from '../../sample-app/src/options.js';
import type { OpenApiDocument } from '../../src/openapi/openapi-document.js';
import { inChromium, installedChromium, launchChromium, openPage, type OpenPage } from './chromium.js';
import { validatorOf } from './documented.js';
import { examplesIn } from './examples-in.js';
import { problemsOfAxe } from './page/axe.js';

const client = join(__dirname, 'client');

let app: TestingApplication;
let server: LocalServer;
let text: string;

beforeAll(async () => {
  app = await Test.createTestingModule({ imports: [AppModule] }, options).compile();
  server = await serve(app, { port: 0, quiet: true });
  text = await (await fetch(`${server.url}/openapi.json`)).text();
});

afterAll(async () => {
  await server.close();
  await app.close();
});

function lint(...documents: string[]): { severity: string; ruleId: string }[][] {
  const script = join(__dirname, 'lint-document.mjs');
  return JSON.parse(
    execFileSync(process.execPath, [script], { input: JSON.stringify(documents), encoding: 'utf8' }),
  ) as ReturnType<typeof lint>;
}

test("Redocly's linter finds nothing wrong with the document, and finds what is", () => {
  const [problems, ofBroken] = lint(text, text.replace('"operationId":"ordersList"', '"operationId":"ordersGet"'));
  expect(problems).toEqual([]);
  expect(ofBroken).toContainEqual(
    expect.objectContaining({ severity: 'error', ruleId: 'operation-operationId-unique' }),
  );
});

test('every example passes its own schema', () => {
  const document = JSON.parse(text) as OpenApiDocument;
  const problems = validatorOf(document);
  const examples = examplesIn(document);
  expect(examples.length).toBeGreaterThan(15);
  expect(
    examples
      .map(({ pointer, schema, example }) => [pointer, problems(schema, example)])
      .filter(([, problem]) => problem !== ''),
  ).toEqual([]);
});

describe('a client that openapi-typescript generates', () => {
  let folder: string;
  /** What the compiler says of the client, and of one that is wrong. */
  let errors: string[];
  beforeAll(() => {
    // Inside the workspace, whose packages it uses.
    folder = mkdtempSync(join(client, 'generated-'));
    writeFileSync(join(folder, 'openapi.json'), text);
    const compilerOptions = {
      strict: true,
      skipLibCheck: true,
      target: 'es2022',
      module: 'nodenext',
      types: [],
      outDir: 'out',
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    writeFileSync(join(folder, 'client.ts'), CLIENT);
    writeFileSync(join(folder, 'wrong.ts'), WRONG);
    run('openapi-typescript/bin/cli.js', [join(folder, 'openapi.json'), '-o', join(folder, 'api.ts')]);
    errors = compile().split('\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function run(tool: string, args: string[]): string {
    return execFileSync(process.execPath, [join(client, 'node_modules', tool), ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  }

  function compile(): string {
    try {
      return run('typescript/bin/tsc', ['-p', '.']);
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  test('type-checks, and works with the service', async () => {
    expect(errors.filter((line) => !line.startsWith('wrong.ts') && !line.startsWith(' ') && line !== '')).toEqual([]);
    // Not synchronously: the service is in this process.
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'out/client.js'), server.url], {
      timeout: 300_000,
    });
    expect(JSON.parse(stdout)).toEqual({
      placed: { status: 'pending', total: 900 },
      listed: [true, null],
      changed: 'paid',
      refused: ['email must be an email'],
      attached: { name: 'note.txt', mediaType: 'text/plain', size: 5 },
      missing: 404,
      deleted: 409,
    });
  });

  test('refuses what the service would refuse', () => {
    expect(errors.join('\n')).toContain("Type 'number' is not assignable to type 'string'");
    expect(errors.join('\n')).toContain(`Type '"eaten"' is not assignable to type`);
  });
});

/** What someone writes who has the document and knows nothing else of the service. */
const CLIENT = `
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

declare const process: { argv: string[] };
const api = createClient<paths>({ baseUrl: process.argv[2]!, headers: { 'x-api-key': 'local-key' } });
const order = { customer: { name: 'Ada', email: 'ada@example.com' }, lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }] };

const placed = (await api.POST('/orders', { body: order })).data!;
const path = { id: placed.id };
const { orders, nextCursor } = (await api.GET('/orders', { params: { query: { limit: 100, status: 'pending' } } })).data!;
const changed = (await api.PATCH('/orders/{id}/status', { params: { path }, body: { status: 'paid' } })).data!;
const broken = { ...order, customer: { name: 'Ada', email: 'nowhere' } };
const invalid = await api.POST('/orders', { body: broken });
const details = invalid.response.status === 422 ? (invalid.error as paths['/orders']['post']['responses'][422]['content']['application/json']).detail : [];
const file = new File(['hello'], 'note.txt', { type: 'text/plain' });
const attached = await api.POST('/orders/{id}/attachments', {
  params: { path },
  body: { file },
  bodySerializer: ({ file }) => {
    const form = new FormData();
    form.append('file', file as File);
    return form;
  },
});
const missing = await api.GET('/orders/{id}', { params: { path: { id: '01890a5d-ac96-774b-bcce-b302099a8057' } } });
const deleted = await api.DELETE('/orders/{id}', { params: { path } });

console.log(JSON.stringify({
  placed: { status: placed.status, total: placed.total },
  listed: [orders.some(({ id }) => id === placed.id), nextCursor],
  changed: changed.status,
  refused: details.map(({ msg }) => msg),
  attached: attached.data,
  missing: missing.response.status,
  deleted: deleted.response.status,
}));
`;

const WRONG = CLIENT.replace("email: 'ada@example.com'", 'email: 5').replace("status: 'paid'", "status: 'eaten'");

describe('the page in Chromium', () => {
  let browser: Browser | undefined;
  let page: OpenPage;
  beforeAll(async () => {
    if (installedChromium === undefined) return;
    browser = await launchChromium();
    page = await openPage(browser, `${server.url}/docs#ordersCreate`);
  });
  afterAll(() => browser?.close());

  inChromium('lists the operations by tag, and finds them', async () => {
    const { tab, problems } = page;
    const document = JSON.parse(text) as OpenApiDocument;
    const count = Object.values(document.paths).flatMap((item) => Object.keys(item)).length;
    expect(await tab.locator('main details.operation').count()).toBe(count);
    expect(await tab.locator('main section.tag h2').allTextContents()).toEqual([
      ...document.tags!.map(({ name }) => name),
      'Models',
    ]);
    await tab.getByLabel('Search').fill('status order');
    expect(await tab.locator('nav li:visible').allTextContents()).toEqual(['PATCH Change the status of an order']);
    await tab.getByLabel('Search').fill('');
    expect(problems).toEqual([]);
  });

  inChromium('sends a request with the key, and shows the response', async () => {
    const { tab, problems } = page;
    const operation = tab.locator('#ordersCreate');
    await operation.getByRole('button', { name: 'Send' }).click();
    await operation.locator('.outcome').getByText('401 Unauthorized').waitFor();
    await tab.getByLabel('apiKey').fill('local-key');
    await operation.getByRole('button', { name: 'Send' }).click();
    await operation.locator('.outcome').getByText('201 Created').waitFor();
    const placed = JSON.parse((await operation.locator('.output pre.body').textContent())!) as {
      id: string;
      total: number;
    };
    expect(placed).toMatchObject({ total: 900, status: 'pending' });

    await tab.locator('nav a', { hasText: 'Get an order' }).click();
    const read = tab.locator('#ordersGet');
    await read.getByLabel('id path').fill(placed.id);
    await read.getByRole('button', { name: 'Send' }).click();
    await read.locator('.outcome').getByText('200 OK').waitFor();
    expect(JSON.parse((await read.locator('.output pre.body').textContent())!)).toMatchObject({ id: placed.id });
    expect(problems.filter((problem) => !problem.includes('401'))).toEqual([]);
  });

  inChromium('shows which rules a body breaks', async () => {
    const { tab } = page;
    const operation = tab.locator('#ordersCreate');
    await tab.locator('nav a', { hasText: 'Place an order' }).click();
    await operation.locator('textarea').fill('{"lines": []}');
    await operation.getByRole('button', { name: 'Send' }).click();
    await operation.locator('.outcome').getByText('422').waitFor();
    expect(await operation.locator('.output pre.body').textContent()).toContain('lines must contain at least');
  });

  inChromium('has no accessibility problems that axe finds', async () => {
    expect(await problemsOfAxe(page.tab)).toEqual([]);
  });
});
