import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { Body, Cookies, Headers, Query, UploadedFiles } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { FileResponse } from '../../src/http/response/file-response.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { createApp } from '../application/create-app.js';
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

function everything(): LambdaApplication {
  return createApp(
    { controllers: [Everything] },
    {
      logger: { silent: true },
      cors: { origin: [/^https:\/\/[a-z.]+\.example$/, 'https://a.example'], credentials: true },
      compression: true,
      etag: true,
      versioning: { type: 'header', name: 'x-api-version' },
    },
  );
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
  expect(namesRead().filter((name) => !(name in FRAMES))).toEqual([]);
});

describe.each(Object.entries(FRAMES))('the header %s', (name, frames) => {
  it.each([
    ['GET', '/file', 'alb'],
    ['GET', '/json', 'apiGatewayV2'],
    ['POST', '/form', 'functionUrl'],
    ['POST', '/body', 'apiGatewayV1'],
    ['OPTIONS', '/json', 'latticeV2'],
  ] as const)('is read for %s %s in a time that grows as the text does', async (method, url, source) => {
    const app = everything();
    await app.ready();
    const event = httpEvents[source]({
      method,
      url,
      body: method === 'POST' ? 'a=1&b=2' : null,
      headers: { origin: 'https://a.example', 'access-control-request-method': 'GET', 'x-a': 'b' },
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
    expect(await slowInputs((value) => app.handler(sent(value), context), frames, 'singles')).toEqual([]);
  });
});
