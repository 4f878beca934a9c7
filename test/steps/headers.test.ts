import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { Authenticated } from '../../src/auth/access-decorators.js';
import { JwtModule } from '../../src/auth/jwt/jwt-module.js';
import { TEST_KEYS } from '../../src/auth/jwt/jwt-options.js';
import { Body, Cookies, Headers, Query, UploadedFiles } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { FileResponse } from '../../src/http/response/file-response.js';
import { TracingModule } from '../../src/observability/tracing/tracing-module.js';
import type { HttpMethod } from '../../src/shared/http-method.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { TestIssuer } from '../../src/testing/test-issuer.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { type Frame, slowInputs } from './hostile-text.js';

@Controller()
class Everything {
  @Get('file') file() {
    return new FileResponse(__filename, { filename: 'a.ts' });
  }
  @Get('json') json(@Headers() headers: object, @Cookies() cookies: object, @Query() query: object) {
    return { headers: Object.keys(headers), cookies, query };
  }
  @Post('form') form(@Body() form: object, @UploadedFiles() files: unknown[]) {
    return { form, files: files.length };
  }
  @Post('body') body(@Body() body: unknown) {
    return typeof body;
  }
}

@Controller()
class Guarded {
  @Get('guarded') @Authenticated() guarded() {
    return true;
  }
}

const OPTIONS: ApplicationOptions = {
  cors: { origin: [/^https:\/\/[a-z.]+\.example$/, 'https://a.example'], credentials: true },
  compression: true,
  etag: true,
  versioning: { type: 'header', name: 'x-api-version' },
};

function everything(): Promise<TestingApplication> {
  return Test.createTestingModule({ controllers: [Everything] }, OPTIONS).compile();
}

const issuer = new TestIssuer('https://issuer.example');

/** With the services that read headers of their own. */
function withServices(): Promise<TestingApplication> {
  const imports = [TracingModule.forRoot(), JwtModule.forRoot({ issuer: issuer.issuer, audience: 'api' })];
  const module = Test.createTestingModule({ imports, controllers: [Everything, Guarded] }, OPTIONS);
  return module.overrideProvider(TEST_KEYS).useValue(issuer.jwks).compile();
}

/** Headers that are read, and what they may look like. */
const FRAMES: Readonly<Record<string, readonly Frame[]>> = {
  'accept-encoding': [['gzip;q=', '']],
  'access-control-request-headers': [],
  'access-control-request-method': [],
  'content-encoding': [
    ['gzip,', ''],
    ['br ', ','],
  ],
  'content-type': [
    ['multipart/form-data; boundary=', ''],
    ['text/plain; charset="', ''],
    ['application/x-www-form-urlencoded', ''],
  ],
  cookie: [['a=', '']],
  'if-modified-since': [['Sun, ', ' GMT']],
  'if-none-match': [['"', '"']],
  'if-range': [['"', '"']],
  origin: [['https://', '.example']],
  range: [
    ['bytes=', ''],
    ['bytes=0-', 'x'],
  ],
  'sec-fetch-site': [],
  'user-agent': [],
  'x-api-version': [],
  'x-forwarded-for': [['1.2.3.4,', ':80']],
  'x-request-id': [],
};

/** Those that services read. */
const OF_SERVICES: Readonly<Record<string, readonly Frame[]>> = {
  authorization: [
    ['Bearer ', ''],
    ['Bearer a.', '.a'],
  ],
  traceparent: [['00-', '-01']],
  tracestate: [['a=', ',b=1']],
  'x-amzn-trace-id': [['Root=1-', ';Sampled=1']],
};

/** The names in `request.header('…')`. */
function namesRead(): string[] {
  const root = join(__dirname, '../../src');
  const texts = (readdirSync(root, { recursive: true }) as string[])
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'));
  return [
    ...new Set(
      texts.flatMap((text) => Array.from(text.matchAll(/\bheader(?:Values)?\('([a-z-]+)'\)/g), ([, name]) => name!)),
    ),
  ];
}

it('are all that the sources read', () => {
  expect(namesRead().filter((name) => !(name in FRAMES) && !(name in OF_SERVICES))).toEqual([]);
});

type Way = readonly [method: HttpMethod, url: string, source: keyof typeof httpEvents];

const WAYS: readonly Way[] = [
  ['GET', '/file', 'alb'],
  ['GET', '/json', 'apiGatewayV2'],
  ['POST', '/form', 'functionUrl'],
  ['POST', '/body', 'apiGatewayV1'],
  ['OPTIONS', '/json', 'latticeV2'],
];

describe.each(Object.entries(FRAMES))('the header %s', (name, frames) => {
  it.each(WAYS)('is read for %s %s in a time that grows as the text does', async (...way) => {
    expect(await slowHeaders(await everything(), name, frames, way)).toEqual([]);
  });
});

describe.each(Object.entries(OF_SERVICES))('the header %s of services', (name, frames) => {
  it.each<Way>([
    ['GET', '/guarded', 'apiGatewayV2'],
    ['GET', '/guarded', 'alb'],
  ])('is read for %s %s in a time that grows as the text does', async (...way) => {
    expect(await slowHeaders(await withServices(), name, frames, way)).toEqual([]);
  });
});

async function slowHeaders(
  app: TestingApplication,
  name: string,
  frames: readonly Frame[],
  [method, url, source]: Way,
): Promise<string[]> {
  const event = httpEvents[source]({
    method,
    url,
    body: method === 'POST' ? 'a=1&b=2' : null,
    headers: {
      origin: 'https://a.example',
      'access-control-request-method': 'GET',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
  });
  const text = JSON.stringify(event);
  const context = fakeContext();
  const sent = (value: string): unknown => {
    const copy = JSON.parse(text) as {
      headers?: Record<string, unknown>;
      multiValueHeaders?: Record<string, unknown>;
    };
    const values = source === 'latticeV2' ? [value] : value;
    copy.headers = { ...copy.headers, [name]: values };
    if (copy.multiValueHeaders) copy.multiValueHeaders[name] = [value];
    return copy;
  };
  const slow = await slowInputs((value) => app.handler(sent(value), context), frames, 'singles');
  await app.close();
  return slow;
}
