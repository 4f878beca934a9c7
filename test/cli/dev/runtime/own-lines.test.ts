import { watchResults } from '../../../../src/application/http/result-watcher.js';
import { warnOfGatewayResults } from '../../../../src/cli/dev/runtime/own-lines.js';
import { Controller, Get } from '../../../../src/decorators/routes.js';
import { Response } from '../../../../src/http/response/response.js';
import { inject } from '../../../../src/testing/inject.js';
import { appOf, SOURCES } from '../../../application/create-app.js';
import { captureStdout } from '../../../logging/captured-stdout.js';

beforeEach(() => void captureStdout());
afterEach(() => {
  watchResults(undefined);
  jest.restoreAllMocks();
});

const RESULT = { statusCode: 404, headers: { 'x-a': '1' }, body: 'no' };

@Controller()
class Orders {
  @Get('now') now() {
    return RESULT;
  }
  @Get('later') async later() {
    return { statusCode: 404 };
  }
  @Get('order') order() {
    return { statusCode: 7, headers: {}, body: '' };
  }
  @Get('more') more() {
    return { ...RESULT, id: 1 };
  }
  @Get('none') none() {
    return { headers: {}, body: '' };
  }
  @Get('response') response() {
    return new Response('no', { statusCode: 404 });
  }
  @Get('nothing') nothing() {}
}

function watching() {
  const lines: { message: string; level: string }[] = [];
  watchResults(warnOfGatewayResults((line) => void lines.push(JSON.parse(line) as never)));
  return { app: appOf(Orders), lines };
}

describe.each(SOURCES)('under lambent dev, by %s,', (source) => {
  test("a gateway's result is data, and is warned about once per method", async () => {
    const { app, lines } = watching();
    for (const url of ['/now', '/now', '/later']) expect((await inject(app, { source, url })).statusCode).toBe(200);
    expect((await inject(app, { source, url: '/now' })).json()).toEqual(RESULT);
    expect(lines.map(({ level, message }) => [level, message])).toEqual([
      [
        'warning',
        expect.stringMatching(
          /^Orders\.now returned { statusCode, headers, body }, which is sent as JSON .* return new Response\(body, { statusCode, headers }\)/,
        ),
      ],
      ['warning', expect.stringMatching(/^Orders\.later returned { statusCode },/)],
    ]);
  });

  test('nothing else is warned of', async () => {
    const { app, lines } = watching();
    for (const path of ['order', 'more', 'none', 'response', 'nothing']) await inject(app, { source, url: `/${path}` });
    expect(lines).toEqual([]);
  });
});

test('elsewhere nobody looks at results', async () => {
  const app = appOf(Orders);
  await app.ready();
  const watcher = jest.fn();
  watchResults(watcher);
  expect((await inject(app, { url: '/now' })).json()).toEqual(RESULT);
  expect(watcher).not.toHaveBeenCalled();
});
