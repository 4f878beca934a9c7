import { UseFilters, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Controller, Get, Header, HttpCode } from '../../src/decorators/routes.js';
import { Response } from '../../src/http/response/response.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf } from './create-app.js';
import { WAYS_OUT, answerBy } from './ways-out.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

const TEXT = 'a,"b"\né';

const saving = {
  catch: (_: unknown, context: { response: Response }) => (
    (context.response.headers['Content-Type'] = 'text/csv'),
    TEXT
  ),
};
const writing = { intercept: async (_: unknown, next: { handle(): Promise<unknown> }) => (await next.handle(), TEXT) };

@Controller()
class Texts {
  @Get('route') @Header('content-type', 'text/csv') route() {
    return TEXT;
  }
  @Get('case') @Header('Content-Type', 'TEXT/CSV; charset=utf-8') case() {
    return TEXT;
  }
  @Get('later') @Header('content-type', 'text/csv') async later() {
    return TEXT;
  }
  @Get('lines') @Header('content-type', 'application/x-ndjson') lines() {
    return TEXT;
  }
  @Get('jwt') @Header('content-type', 'application/jwt') jwt() {
    return TEXT;
  }
  @Get('injected') injected(res: Response) {
    res.headers['content-TYPE'] = 'text/csv';
    return TEXT;
  }
  @Get('list') list(res: Response) {
    res.headers['content-type'] = ['text/csv'];
    return TEXT;
  }
  @Get('media-type') mediaType(res: Response) {
    res.mediaType = 'text/csv';
    return TEXT;
  }
  @Get('over-route') @Header('content-type', 'application/json') overRoute(res: Response) {
    res.headers['content-type'] = 'text/csv';
    return TEXT;
  }
  @Get('intercepted') @Header('content-type', 'text/csv') @UseInterceptors(writing) intercepted() {
    return {};
  }
  @Get('filtered') @UseFilters(saving as never) filtered() {
    throw new Error('x');
  }

  @Get('plain') plain() {
    return TEXT;
  }
  @Get('other-header') @Header('x-one', '1') otherHeader() {
    return TEXT;
  }
  @Get('asked') asked(res: Response) {
    res.headers['x-one'] = '1';
    return TEXT;
  }
  @Get('json') @Header('content-type', 'application/json; charset=utf-8') json() {
    return TEXT;
  }
  @Get('problem') @Header('content-type', 'application/problem+json') problem() {
    return TEXT;
  }
  @Get('back') @Header('content-type', 'text/csv') back(res: Response) {
    res.headers['content-type'] = 'application/json';
    return TEXT;
  }
  @Get('unset') unset(res: Response) {
    Object.assign(res.headers, { 'content-type': undefined });
    return TEXT;
  }

  @Get('empty') @Header('content-type', 'text/csv') empty() {
    return '';
  }
  @Get('number') @Header('content-type', 'text/plain') number() {
    return 0;
  }
  @Get('nothing') @Header('content-type', 'text/csv') nothing() {}
  @Get('missing') @Header('content-type', 'text/csv') @HttpCode(404) missing() {}
  @Get('missing-json') @Header('content-type', 'application/problem+json') @HttpCode(404) missingJson() {}
  @Get('quoted') @Header('content-type', 'text/html') quoted() {
    return '<a title="\u2028">';
  }
}

describe.each(WAYS_OUT)('%s', (way) => {
  const app = appOf.bind(undefined, Texts);
  const get = async (path: string) => {
    const { statusCode, headers, payload } = await answerBy(way, app(), { url: `/${path}` });
    return [statusCode, headers['content-type'], payload];
  };

  test.each([
    ['route', 'text/csv'],
    ['case', 'TEXT/CSV; charset=utf-8'],
    ['later', 'text/csv'],
    ['lines', 'application/x-ndjson'],
    ['jwt', 'application/jwt'],
    ['injected', 'text/csv'],
    ['list', 'text/csv'],
    ['media-type', 'text/csv; charset=utf-8'],
    ['over-route', 'text/csv'],
    ['intercepted', 'text/csv'],
  ])('text under a declared content type that is not JSON (%s) is sent as it is', async (path, type) => {
    expect(await get(path)).toEqual([200, type, TEXT]);
  });

  test('so is the text of a filter that declares its type', async () => {
    expect(await get('filtered')).toEqual([500, 'text/csv', TEXT]);
  });

  test.each([
    ['plain', 'application/json'],
    ['other-header', 'application/json'],
    ['asked', 'application/json'],
    ['json', 'application/json; charset=utf-8'],
    ['problem', 'application/problem+json'],
    ['back', 'application/json'],
    ['unset', 'application/json'],
  ])('text is JSON where the content type is, or where none is declared (%s)', async (path, type) => {
    expect(await get(path)).toEqual([200, type, JSON.stringify(TEXT)]);
  });

  test.each([
    ['empty', 200, 'text/csv', ''],
    ['number', 200, 'text/plain', '0'],
    ['nothing', 204, undefined, ''],
    ['missing', 404, 'application/json', '{"detail":"Not Found"}'],
    ['missing-json', 404, 'application/problem+json', '{"detail":"Not Found"}'],
    ['quoted', 200, 'text/html', '<a title="\u2028">'],
  ])('%s is %i, %s', async (path, ...expected) => {
    expect(await get(path)).toEqual(expected);
  });
});
