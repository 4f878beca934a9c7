import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../../sample-app/src/database/embedded-database.js';
import { repository } from '../package/manifest.js';
import { readPages } from './markdown.js';
import { runExamples } from './run-examples.js';

const pages = readPages(repository);
const recipe = (name: string) => pages.find(({ path }) => path === join('docs', 'cookbook', `${name}.md`))!;

let database: EmbeddedDatabase;
let env: Record<string, string>;

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
  const client = new DynamoDBClient({ endpoint: database.endpoint, region: 'local', credentials });
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
  client.destroy();
});

afterAll(() => database?.close());

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
      print((await send('GET', '/customers/ann/orders?limit=0'))[0]);`),
    env,
  );
  expect(printed).toEqual([[201, 201, 201, 201], [4, 3], [2, 1], [200, 409], 'shipped', 404, 422]);
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
      print((await send('GET', '/articles?limit=1000'))[0]);`),
    {},
  );
  expect(printed).toEqual([
    [200, { items: articles('alpha', 'beta'), nextCursor: 'YmV0YQ' }],
    [200, { items: articles('delta', 'gamma'), nextCursor: 'Z2FtbWE' }],
    [200, { items: articles('omega') }],
    [200, { items: articles('alpha', 'beta', 'delta', 'gamma'), nextCursor: 'Z2FtbWE' }],
    5,
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
  expect(printed).toEqual([[200, { key: 'avatars/ann', type: 'image/png', bytes: 6 }], 415, 413, 400]);
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
