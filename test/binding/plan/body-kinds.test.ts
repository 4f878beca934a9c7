import { IsInt, IsString } from 'class-validator';
import { z } from 'zod';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Body, Form, Req, UploadedFile } from '../../../src/decorators/parameters.js';
import { Controller, Get, Post, Put } from '../../../src/decorators/routes.js';
import type { FormFile } from '../../../src/http/request/form-file.js';
import type { Request } from '../../../src/http/request/request.js';
import type { TestingApplication } from '../../../src/testing/testing-application.js';
import { answer, bootstrapFailure, serve, SOURCES } from '../serve.js';

class Transfer {
  @IsString() to!: string;
  @IsInt() amount!: number;
}

const Schema = z.object({ to: z.string(), amount: z.coerce.number() });

interface Shape {
  to: string;
}

@Controller()
class Declared {
  @Post('dto') dto(transfer: Transfer) {
    return transfer;
  }
  @Post('decorated') decorated(@Body() transfer: Transfer) {
    return transfer;
  }
  @Post('given') given(@Body(Transfer) transfer: string) {
    return transfer;
  }
  @Post('schema') schema(@Body(Schema) transfer: unknown) {
    return transfer;
  }
  @Post('shape') shape(@Body() shape: Shape) {
    return shape;
  }
  @Post('open') open(@Body() body: unknown) {
    return { body };
  }
  @Post('member') member(@Body('to') to: string) {
    return { to };
  }
  @Post('list') list(@Body() list: unknown[]) {
    return list;
  }

  @Post('form') form(@Form() transfer: Transfer) {
    return transfer;
  }
  @Post('field') field(@Form('amount') amount: number, @Form('to') to?: string) {
    return { to, amount };
  }
  @Post('form-schema') formSchema(@Form(Schema) transfer: unknown) {
    return transfer;
  }
  @Post('consumes-form', { consumes: 'form' }) consumesForm(transfer: Transfer) {
    return transfer;
  }
  @Post('upload') upload(transfer: Transfer, @UploadedFile('file') file?: FormFile) {
    return { ...transfer, file: file?.filename };
  }

  @Post('both', { consumes: ['json', 'form'] }) both(transfer: Transfer) {
    return transfer;
  }

  @Post('any', { consumes: 'any' }) any(transfer: Transfer) {
    return transfer;
  }
  @Post('any-open', { consumes: 'any' }) anyOpen(@Body() body: unknown) {
    return { body: Buffer.isBuffer(body) ? [...body] : body };
  }

  @Post('text') text(@Body() text: string) {
    return { text };
  }
  @Post('json-text', { consumes: 'json' }) jsonText(@Body() text: string) {
    return { text };
  }
  @Post('json-bytes', { consumes: 'json' }) jsonBytes(@Body() bytes?: Buffer) {
    return bytes?.length ?? 'none';
  }
  @Post('json-request', { consumes: 'json' }) jsonRequest(@Req() request: Request) {
    return request.json() ?? 'none';
  }
  @Post('form-request', { consumes: 'form' }) formRequest() {
    return 'taken';
  }
}

const DATA = ['/dto', '/decorated', '/given', '/schema', '/shape', '/open', '/member', '/list'];
const FORMS = ['/form', '/field', '/form-schema', '/consumes-form', '/upload'];
const RESTRICTED = ['/json-text', '/json-bytes', '/json-request'];

const transfer = { to: 'ada', amount: 5 };
const JSON_TEXT = JSON.stringify(transfer);
const URLENCODED = 'to=ada&amount=5';
const MULTIPART = `--XX\r\nContent-Disposition: form-data; name="to"\r\n\r\nada\r\n--XX\r\nContent-Disposition: form-data; name="amount"\r\n\r\n5\r\n--XX--\r\n`;

const JSON_TYPES = [
  'application/json',
  'APPLICATION/JSON ; charset=UTF-8',
  'application/vnd.api+json',
  'application/problem+json;v=1',
];
/** What is no JSON, however much of the word it has. */
const OTHER_TYPES = [
  'text/plain',
  'text/json',
  'text/plain+json',
  'application/jsonp',
  'application/x+json+xml',
  'application/+json',
  'json',
  '*/*',
  'text/plain, application/json',
  'application/json, text/plain',
  'text/plain, application/a+json',
  'text/plain; a=application/json',
  'application/octet-stream',
  'application/xml',
];
const FORM_TYPES: [type: string, payload: string][] = [
  ['application/x-www-form-urlencoded', URLENCODED],
  ['Application/X-WWW-Form-Urlencoded; charset=utf-8', URLENCODED],
  ['multipart/form-data; boundary=XX', MULTIPART],
];
/** What tells that a browser sent it. */
const BROWSERS: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { Origin: 'null' },
  { origin: '' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'Sec-Fetch-Site': 'whatever comes next' },
];
const NO_BROWSERS: Record<string, string>[] = [
  {},
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  { referer: 'https://a.example' },
];

let app: TestingApplication;

beforeAll(async () => {
  app = await serve(Declared);
});

function statusOf(
  url: string,
  payload: string | Uint8Array,
  headers: Record<string, string>,
  source?: (typeof SOURCES)[number],
): Promise<number> {
  return app
    .inject({ ...(source && { source }), method: 'POST', url, payload: Buffer.from(payload), headers })
    .then(({ statusCode }) => statusCode);
}

function post(url: string, headers: Record<string, string>) {
  return answer(app, { method: 'POST', url, payload: 'x', headers });
}

/** Each with the body that it would take. */
const jsonFor = (url: string) => (url === '/list' ? '[1]' : JSON_TEXT);

describe.each(SOURCES)('from %s', (source) => {
  test.each(DATA)('%s takes JSON, by its type and without one, and no form', async (url) => {
    for (const type of JSON_TYPES)
      expect([type, await statusOf(url, jsonFor(url), { 'content-type': type }, source)]).toEqual([type, 200]);
    for (const headers of NO_BROWSERS) expect(await statusOf(url, jsonFor(url), headers, source)).toBe(200);
    for (const [type, payload] of FORM_TYPES)
      expect([type, await statusOf(url, payload, { 'content-type': type }, source)]).toEqual([type, 415]);
    for (const headers of BROWSERS) expect(await statusOf(url, jsonFor(url), headers, source)).toBe(415);
  });

  test.each(FORMS)('%s takes forms, and neither JSON nor a body without a type', async (url) => {
    for (const [type, payload] of FORM_TYPES)
      expect([type, await statusOf(url, payload, { 'content-type': type }, source)]).toEqual([type, 200]);
    for (const type of JSON_TYPES)
      expect([type, await statusOf(url, JSON_TEXT, { 'content-type': type }, source)]).toEqual([type, 415]);
    for (const headers of NO_BROWSERS) expect(await statusOf(url, URLENCODED, headers, source)).toBe(415);
  });

  test('a Blob without a type is JSON, but not from a page of another site', async () => {
    const request = { source, method: 'POST', url: '/dto', payload: new Blob([JSON_TEXT]) };
    expect((await app.inject(request)).statusCode).toBe(200);
    for (const headers of BROWSERS) expect((await app.inject({ ...request, headers })).statusCode).toBe(415);
  });

  test('any takes what comes: forms as forms, the rest of a DTO as JSON', async () => {
    for (const url of ['/any', '/any-open']) {
      for (const [type, payload] of FORM_TYPES)
        expect(await statusOf(url, payload, { 'content-type': type }, source)).toBe(200);
      for (const type of [...JSON_TYPES, 'text/plain', 'application/xml'])
        expect(await statusOf(url, JSON_TEXT, { 'content-type': type }, source)).toBe(200);
      for (const headers of BROWSERS) expect(await statusOf(url, JSON_TEXT, headers, source)).toBe(200);
    }
  });
});

describe('a body of another type', () => {
  it.each(OTHER_TYPES)('%s is 415 wherever JSON or a form is declared', async (type) => {
    for (const url of [...DATA, ...FORMS, ...RESTRICTED, '/both', '/form-request']) {
      expect([url, await statusOf(url, jsonFor(url), { 'content-type': type })]).toEqual([url, 415]);
    }
  });

  it.each(['', ' ', ';charset=utf-8'])('%j is no type', async (type) => {
    expect(await statusOf('/dto', JSON_TEXT, { 'content-type': type })).toBe(200);
    expect(await statusOf('/dto', JSON_TEXT, { 'content-type': type, origin: 'https://a.example' })).toBe(415);
    expect(await statusOf('/form', URLENCODED, { 'content-type': type })).toBe(415);
  });

  it('is named, with what would be taken', async () => {
    const form = 'application/x-www-form-urlencoded or multipart/form-data';
    expect(await post('/dto', { 'content-type': 'text/plain; a=b' })).toEqual([
      415,
      { detail: 'The body has to be application/json, not text/plain' },
    ]);
    expect(await post('/both', { 'content-type': 'text/plain' })).toEqual([
      415,
      { detail: `The body has to be application/json or ${form}, not text/plain` },
    ]);
    expect(await post('/form', {})).toEqual([415, { detail: `The body has no content type: send ${form}` }]);
    expect(await post('/dto', { origin: 'https://a.example' })).toEqual([
      415,
      { detail: 'The body has no content type: send application/json' },
    ]);
    expect(await post('/dto', { 'content-type': 'x'.repeat(5000) })).toEqual([
      415,
      { detail: `The body has to be application/json, not ${'x'.repeat(100)}…` },
    ]);
  });

  it('is nothing to refuse where there is no body', async () => {
    const sent: Record<string, string>[] = [
      {},
      { 'content-type': 'text/plain' },
      { origin: 'https://a.example' },
      { 'content-type': 'text/plain', origin: 'https://a.example' },
    ];
    for (const headers of sent) {
      expect(await answer(app, { method: 'POST', url: '/open', headers })).toEqual([200, {}]);
      expect(await answer(app, { method: 'POST', url: '/dto', headers })).toMatchObject([
        422,
        { detail: [{ type: 'required' }] },
      ]);
      expect(await answer(app, { method: 'POST', url: '/form', headers })).toMatchObject([
        422,
        { detail: [{ loc: ['body', 'to'] }, { loc: ['body', 'amount'] }] },
      ]);
      expect(await answer(app, { method: 'POST', url: '/json-bytes', headers })).toEqual([200, 'none']);
      expect(await answer(app, { method: 'POST', url: '/json-request', headers })).toEqual([200, 'none']);
      expect(await answer(app, { method: 'POST', url: '/form-request', headers })).toEqual([200, 'taken']);
    }
  });

  it('is text where text is declared and no kind', async () => {
    for (const [type, payload] of [...FORM_TYPES, ['text/plain', 'x'], ['', 'x']] as const) {
      expect(
        await answer(app, {
          method: 'POST',
          url: '/text',
          payload,
          headers: { 'content-type': type, origin: 'https://a.example' },
        }),
      ).toEqual([200, { text: payload }]);
    }
  });
});

describe('a route that says what it consumes', () => {
  it('holds to that whatever reads the body', async () => {
    for (const url of RESTRICTED) {
      expect(await statusOf(url, JSON_TEXT, { 'content-type': 'application/json' })).toBe(200);
      expect(await statusOf(url, URLENCODED, { 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
      expect(await statusOf(url, JSON_TEXT, { origin: 'https://a.example' })).toBe(415);
    }
    expect(await statusOf('/form-request', URLENCODED, { 'content-type': 'application/x-www-form-urlencoded' })).toBe(
      200,
    );
    expect(await statusOf('/form-request', JSON_TEXT, { 'content-type': 'application/json' })).toBe(415);
  });

  it('takes both where it says both: JSON with its types, a form by the declared ones', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answer(app, { method: 'POST', url: '/both', payload: transfer })).toEqual([200, transfer]);
    expect(await answer(app, { method: 'POST', url: '/both', payload: URLENCODED, headers: form })).toEqual([
      200,
      transfer,
    ]);
    expect((await answer(app, { method: 'POST', url: '/both', payload: { to: 'ada', amount: '5' } }))[0]).toBe(422);
    expect(await statusOf('/both', JSON_TEXT, { origin: 'https://a.example' })).toBe(415);
  });

  it('has the kind of its controller unless it has one of its own', async () => {
    @Controller({ path: 'c', consumes: 'form' })
    class Forms {
      @Get() get() {
        return 'read';
      }
      @Post() post(@Body() given: Transfer) {
        return given;
      }
      @Put('', { consumes: 'json' }) put(given: Transfer) {
        return given;
      }
      @Post('text') text(@Body() text: string) {
        return { text };
      }
    }
    @Controller({ path: 'heir' })
    class Heir extends Forms {}
    const forms = await serve(Forms);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await answer(forms, { url: '/c' })).toEqual([200, 'read']);
    expect(await answer(forms, { method: 'POST', url: '/c', payload: URLENCODED, headers: form })).toEqual([
      200,
      transfer,
    ]);
    expect((await answer(forms, { method: 'POST', url: '/c', payload: transfer }))[0]).toBe(415);
    expect(await answer(forms, { method: 'PUT', url: '/c', payload: transfer })).toEqual([200, transfer]);
    expect((await answer(forms, { method: 'PUT', url: '/c', payload: URLENCODED, headers: form }))[0]).toBe(415);
    expect(
      (
        await answer(forms, { method: 'POST', url: '/c/text', payload: 'x', headers: { 'content-type': 'text/plain' } })
      )[0],
    ).toBe(415);
    const heir = await serve(Heir);
    expect((await answer(heir, { method: 'POST', url: '/heir', payload: transfer }))[0]).toBe(200);
  });
});

describe('a contradiction fails at the start', () => {
  const contradiction =
    "consumes json, but one of its parameters needs a form. Add it, as in { consumes: ['json', 'form'] }, or use @Body() instead.";

  it('between what is consumed and what is asked for', async () => {
    @Controller()
    class OfForms {
      @Post('', { consumes: 'json' }) post(@Form() _transfer: Transfer) {}
    }
    @Controller()
    class OfFiles {
      @Post('', { consumes: ['json'] }) post(@UploadedFile() _file: FormFile) {}
    }
    expect(await bootstrapFailure(OfForms)).toBe(`OfForms.post ${contradiction}`);
    expect(await bootstrapFailure(OfFiles)).toBe(`OfFiles.post ${contradiction}`);
  });

  it('between a form and a method without a body', async () => {
    @Controller()
    class Pages {
      @Get() get(@Form('q') _q: string) {}
    }
    const message =
      'parameter 1 of Pages.get: @Form() reads a body, but its route handles GET, which has none. Use @Query(), or make it a @Post() route.';
    expect(await bootstrapFailure(Pages)).toBe(message);
  });

  it('between a record and a form', async () => {
    @Controller()
    class Consumer {
      @OnSqs() take(@Form() _transfer: Transfer) {}
    }
    expect(await bootstrapFailure(Consumer)).toBe(
      'parameter 1 of Consumer.take: @Form() is for requests; a record has no form. Use @Body().',
    );
  });
});
