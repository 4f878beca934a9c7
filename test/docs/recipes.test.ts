import { join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../sample-app/src/database/embedded-database.js';
import { repository } from '../package/manifest.js';
import { blocksOf, type Page, readPages } from './markdown.js';
import { runExamples } from './run-examples.js';

const pages = readPages(repository);
const guide = (...path: string[]) => pages.find((page) => page.path === `${join('docs', ...path)}.md`)!;
const recipe = (name: string) => guide('cookbook', name);

let database: EmbeddedDatabase;
let env: Record<string, string>;
let client: DynamoDBClient;

beforeAll(async () => {
  database = await startEmbeddedDatabase();
  env = {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    TABLE_NAME: 'items',
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new DynamoDBClient({ endpoint: database.endpoint, region: 'local', credentials });
  await client.send(
    new CreateTableCommand({
      TableName: 'items',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
});

afterAll(async () => {
  client?.destroy();
  await database?.close();
});

/** The text of a block of JavaScript, which readers run as it is. */
function codeOf(page: Page, title: string): string {
  return blocksOf(page)
    .find((block) => block.title === title)!
    .code.map(({ text }) => text)
    .join('\n');
}

function articles(...slugs: string[]): object[] {
  return slugs.map((slug) => ({ slug }));
}

/** A module that compiles the recipe's application for tests, and prints what `steps` give to `print`. */
function script(steps: string, override = ''): string {
  return `
    import 'reflect-metadata';
    import { TEST_KEYS } from 'lambent/auth';
    import { Test, TestIssuer } from 'lambent/testing';
    import { AppModule } from './app.module.js';
    const issuer = new TestIssuer('https://auth.example.com');
    const app = await Test.createTestingModule({ imports: [AppModule] })${override}.compile();
    const send = async (method, url, payload, headers) => {
      const response = await app.inject({ method, url, payload, headers });
      return [response.statusCode, response.payload === '' ? null : response.json()];
    };
    const print = (value) => console.log(JSON.stringify(value));
    ${steps}
    await app.close();`;
}

test('the recipe for DynamoDB reads pages to the end, and ships an order once', async () => {
  const printed = await runExamples(
    recipe('dynamodb'),
    script(`
      const placed = [];
      for (const total of [1, 2, 3, 4]) placed.push(await send('POST', '/customers/ann/orders', { total }));
      await send('POST', '/customers/bob/orders', { total: 9 });
      print(placed.map(([status]) => status));
      let cursor = '';
      do {
        const [, page] = await send('GET', '/customers/ann/orders?limit=2' + cursor);
        print(page.orders.map(({ total }) => total));
        cursor = page.nextCursor && '&cursor=' + page.nextCursor;
      } while (cursor);
      const path = '/customers/ann/orders/' + placed[0][1].id;
      print([await send('POST', path + '/shipment'), await send('POST', path + '/shipment')].map(([status]) => status));
      print((await send('GET', path))[1].status);
      print((await send('GET', '/customers/bob/orders/' + placed[0][1].id))[0]);
      print((await send('GET', '/customers/ann/orders?limit=0'))[0]);
      print((await send('GET', '/customers/ann/orders?cursor=garbage'))[0]);`),
    env,
  );
  expect(printed).toEqual([[201, 201, 201, 201], [4, 3], [2, 1], [200, 409], 'shipped', 404, 422, 400]);
});

test('the recipe for DynamoDB creates its table from the variables alone', async () => {
  const code = codeOf(recipe('dynamodb'), 'create-table.mjs');
  await runExamples(recipe('dynamodb'), code, { ...env, TABLE_NAME: 'created' });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'created' }));
  expect(Table?.KeySchema).toEqual([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
});

test('the script for tokens prints a variable of keys, and tokens that these verify, as Node reads them', async () => {
  const page = guide('authentication');
  const printed = await runExamples(
    page,
    `
    import 'reflect-metadata';
    import { parseEnv } from 'node:util';
    import { JwtModule, TokenVerifier } from 'lambent/auth';
    import { Test } from 'lambent/testing';
    const { log } = console;
    const lines = [];
    console.log = (line) => lines.push(line);
    ${codeOf(page, 'tokens.mjs')}
    const variables = parseEnv(lines.join('\\n'));
    const jwks = JSON.parse(variables.JWT_KEYS);
    const module = JwtModule.forRoot({ issuer: 'https://auth.example.com', audience: 'orders-api', jwks });
    const app = await Test.createTestingModule({ imports: [module] }).compile();
    const signed = lines.filter((line) => line.startsWith('#')).map((line) => line.split(' ').at(-1));
    for (const each of signed) {
      const { id, roles } = await app.get(TokenVerifier).verify(each);
      log(JSON.stringify({ id, roles }));
    }
    log(JSON.stringify(Object.keys(variables)));
    await app.close();`,
    {},
  );
  expect(printed).toEqual([{ id: 'ann', roles: [] }, { id: 'bob', roles: ['admin'] }, ['JWT_KEYS']]);
});

test('the recipe for pagination ends with a page that has items', async () => {
  const printed = await runExamples(
    recipe('pagination'),
    script(`
      print(await send('GET', '/articles?limit=2'));
      print(await send('GET', '/articles?limit=2&cursor=YmV0YQ'));
      print(await send('GET', '/articles?limit=2&cursor=Z2FtbWE'));
      print(await send('GET', '/articles?limit=4'));
      print((await send('GET', '/articles'))[1].items.length);
      for (const cursor of ['YmV0Y', 'YmV0YQ==', '%21%21', 'garbage'])
        print((await send('GET', '/articles?cursor=' + cursor))[0]);
      print((await send('GET', '/articles?limit=1000'))[0]);`),
    {},
  );
  expect(printed).toEqual([
    [200, { items: articles('alpha', 'beta'), nextCursor: 'YmV0YQ' }],
    [200, { items: articles('delta', 'gamma'), nextCursor: 'Z2FtbWE' }],
    [200, { items: articles('omega') }],
    [200, { items: articles('alpha', 'beta', 'delta', 'gamma'), nextCursor: 'Z2FtbWE' }],
    5,
    400,
    400,
    400,
    400,
    422,
  ]);
});

test('the recipe for several tenants keeps their notes, their settings and their limits apart', async () => {
  const printed = await runExamples(
    recipe('multi-tenant'),
    script(
      `
      const as = (tenant) => {
        const claims = { sub: 'user-of-' + tenant, aud: 'notes-api', tenant };
        return { authorization: 'Bearer ' + issuer.sign(claims) };
      };
      const status = async (...request) => (await send(...request))[0];
      print(await status('GET', '/notes'));
      print(await status('GET', '/settings'));
      print(await status('GET', '/notes', undefined, as(undefined)));
      print(await status('PUT', '/notes/1', { text: 'of acme' }, as('acme')));
      print(await send('GET', '/notes/1', undefined, as('acme')));
      print(await status('GET', '/notes/1', undefined, as('acme#NOTES')));
      print(await send('GET', '/notes', undefined, as('globex')));
      print((await send('GET', '/settings', undefined, as('acme')))[1]);
      print((await send('GET', '/settings', undefined, as('globex')))[1]);
      print(await status('GET', '/settings', undefined, as(undefined)));
      for (let count = 0; count < 3; count++) await send('GET', '/notes', undefined, as('acme'));
      print(await status('GET', '/notes', undefined, as('acme')));
      print(await status('GET', '/notes', undefined, as('globex')));`,
      '.overrideProvider(TEST_KEYS).useValue(issuer.jwks)',
    ),
    env,
  );
  expect(printed).toEqual([
    401,
    401,
    403,
    204,
    [200, { id: '1', text: 'of acme' }],
    404,
    [200, []],
    { tenant: 'acme', notes: 100 },
    { tenant: 'globex', notes: 100 },
    403,
    429,
    200,
  ]);
});

test('the recipe for uploads looks at the bytes of a file', async () => {
  const printed = await runExamples(
    recipe('uploads'),
    script(`
      const put = (bytes, type) => {
        const form = new FormData();
        form.append('photo', new Blob([bytes], { type }), 'photo.png');
        return send('PUT', '/users/ann/avatar', form);
      };
      print(await put(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 'text/plain'));
      print((await put(Buffer.from('<script>'), 'image/png'))[0]);
      print((await put(Buffer.alloc(1_000_001), 'image/png'))[0]);
      print((await send('PUT', '/users/ann/avatar', new FormData()))[0]);`),
    {},
  );
  expect(printed).toEqual([[200, { key: 'avatars/ann', type: 'image/png', bytes: 6 }], 415, 413, 422]);
});

test('the recipe for Cognito accepts access tokens of its client, and roles from groups', async () => {
  const printed = await runExamples(
    recipe('cognito'),
    `
    import { as, list, remove } from './orders.test.js';
    const print = (value) => console.log(JSON.stringify(value));
    print((await list()).statusCode);
    print((await list(as('ann', ['admin']))).json());
    print((await list(as('ann', [], { token_use: 'id' }))).statusCode);
    print((await list(as('ann', [], { client_id: 'another' }))).statusCode);
    print([(await remove(as('ann'))).statusCode, (await remove(as('bob', ['admin']))).statusCode]);`,
    {},
  );
  expect(printed).toEqual([401, { of: 'ann', roles: ['admin'] }, 401, 401, [403, 204]]);
});
