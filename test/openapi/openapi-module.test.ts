import { createHash } from 'node:crypto';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { APPLICATION_DESCRIPTION } from '../../src/contracts/application-description.js';
import type { CanActivate, ExecutionContext } from '../../src/contracts/pipeline.js';
import { Reflector, SetMetadata } from '../../src/decorators/reflector.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { createOpenApiDocument } from '../../src/openapi/create-openapi-document.js';
import type { OpenApiDocument } from '../../src/openapi/openapi-document.js';
import { OpenApiModule, type OpenApiModuleOptions } from '../../src/openapi/openapi-module.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { info, moduleOf } from './documented.js';

@Controller('books')
class Books {
  @Get() list() {}
}

const open: TestingApplication[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

async function start(
  module: Partial<OpenApiModuleOptions> = {},
  options: ApplicationOptions = {},
): Promise<TestingApplication> {
  const later = Promise.resolve({ module: moduleOf({ controllers: [Books] }) });
  const imports = [OpenApiModule.forRoot({ ...info, ...module }), later];
  const app = await Test.createTestingModule({ imports }, { accessLog: false, ...options }).compile();
  open.push(app);
  return app;
}

test('a document that could not be made is made by the next request', async () => {
  const describe = jest.fn(() => {
    if (describe.mock.calls.length === 1) throw new Error('not yet');
    return LambdaApplication.describe(moduleOf({ controllers: [Books] }));
  });
  const imports = [OpenApiModule.forRoot(info)];
  const testing = Test.createTestingModule({ imports }, { accessLog: false, unhandledErrors: 'respond' });
  const app = await testing.overrideProvider(APPLICATION_DESCRIPTION).useValue(describe).compile();
  open.push(app);
  const statuses = [await app.inject({ url: '/openapi.json' }), await app.inject({ url: '/openapi.json' })];
  expect(statuses.map(({ statusCode }) => statusCode)).toEqual([500, 200]);
});

test('the document is served, of the routes of promised modules too, without its own', async () => {
  const app = await start();
  const response = await app.inject({ url: '/openapi.json' });
  expect(response.headers['content-type']).toBe('application/json');
  expect(Object.keys(response.json<OpenApiDocument>().paths)).toEqual(['/books']);
});

test('the page may run its own script and style and ask its servers, whatever the security headers', async () => {
  const app = await start({ servers: ['/', 'https://api.test/v1'] }, { securityHeaders: true });
  const { payload, headers } = await app.inject({ url: '/docs' });
  const policy = headers['content-security-policy'];
  for (const [name, element] of [
    ['script-src', 'script'],
    ['style-src', 'style'],
  ] as const) {
    const text = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(payload)![1]!;
    expect(policy).toContain(`${name} 'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  expect(policy).toContain("connect-src 'self' https://api.test;");
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
});

test('the page leads to the document, whatever stands before both', async () => {
  const app = await start({ path: '/api/v1/openapi.json', docs: '/api/docs/page' });
  expect((await app.inject({ url: '/api/docs/page' })).payload).toContain('href="../../api/v1/openapi.json"');
});

test('there is no page where none is asked for', async () => {
  const app = await start({ docs: false });
  expect((await app.inject({ url: '/docs' })).statusCode).toBe(404);
  expect((await app.inject({ url: '/openapi.json' })).statusCode).toBe(200);
});

test('decorators let it past a global guard', async () => {
  class Guard implements CanActivate {
    canActivate(context: ExecutionContext): boolean {
      return new Reflector().get('public', context.getClass()) === true;
    }
  }
  const app = await start({ decorators: [SetMetadata('public', true)] }, { guards: [new Guard()] });
  const statuses = await Promise.all(['/openapi.json', '/docs', '/books'].map((url) => app.inject({ url })));
  expect(statuses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 403]);
});

test('the document that is made without a server has the options of the module', () => {
  const root = moduleOf({
    imports: [OpenApiModule.forRoot({ ...info, servers: ['https://api.test'] })],
    controllers: [Books],
  });
  expect(createOpenApiDocument(LambdaApplication.describe(root))).toMatchObject({
    info,
    servers: [{ url: 'https://api.test' }],
    paths: { '/books': {} },
  });
  expect(() => createOpenApiDocument(LambdaApplication.describe(moduleOf({})))).toThrow(
    'import OpenApiModule.forRoot(',
  );
});

test.each([
  [
    { path: 'openapi.json' },
    'The options of the API document: path is openapi.json; it takes a path that starts with a slash.',
  ],
  [{ titel: 'x' }, 'Unknown in the options of the API document: titel.'],
  [{ title: '' }, 'The API document has no title'],
])('refuses %j', (options, message) => {
  expect(() => OpenApiModule.forRoot({ ...info, ...options })).toThrow(message);
});
