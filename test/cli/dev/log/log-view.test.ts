import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogView } from '../../../../src/cli/dev/log/log-view.js';
import { RecentEvents } from '../../../../src/cli/dev/log/recent-events.js';
import { paint } from '../../../../src/cli/framework/colors.js';
import { events } from '../../../../src/testing/events.js';
import { Workshop } from '../../workshop.js';

const workshop = new Workshop({
  'src/orders.ts':
    'export class Orders {\n\tfind(id: string) {\n\t\tif (id === "1") {\n\t\t\tthrow new Error(id);\n\t\t}\n\t}\n}\n',
});
const root = workshop.folder;
const recent = new RecentEvents();
let view: LogView;

beforeEach(() => {
  view = new LogView({ root, paint: paint(false), events: recent });
});

afterAll(() => rmSync(root, { recursive: true }));

const show = (line: object | string) => view.show(typeof line === 'string' ? line : JSON.stringify(line)).join('\n');
const date = '2026-03-02T10:11:12.345Z';
const time = expect.stringMatching(/^\d\d:\d\d:12\.345 /) as unknown;

test('the line of a request has time, level, method, path, status and duration, and the fields that the application adds', () => {
  const line = {
    type: 'access',
    level: 'info',
    date,
    id: 'a b',
    method: 'GET',
    path: '/orders',
    status_code: 200,
    execution_time: 1.234,
  };
  const own = { server_id: 'x', route: '/orders', client_user_agent: 'curl/8', cold_start: true, user: { id: 7 } };
  const shown = show({ ...line, ...own });
  expect(shown).toEqual(time);
  expect(shown.slice(13)).toBe('INFO     GET /orders 200 1.2 ms user={"id":7}');
  view = new LogView({ root, paint: paint(false), events: recent, verbose: true });
  expect(show({ ...line, ...own }).slice(13)).toBe(
    'INFO     GET /orders 200 1.2 ms id="a b" route=/orders client_user_agent=curl/8 cold_start=true user={"id":7}',
  );
});

test('the line of a record has its source, consumer and status in front', () => {
  const line = {
    type: 'record',
    level: 'error',
    date,
    id: 'm1',
    source: 'sqs',
    consumer: 'Orders.take',
    attempt: 2,
    status: 'failed',
    execution_time: 3,
  };
  expect(show(line).slice(13)).toBe('ERROR    sqs Orders.take failed 3.0 ms attempt=2');
  expect(show({ ...line, attempt: 1 }).slice(13)).toBe('ERROR    sqs Orders.take failed 3.0 ms');
});

test("a message is shown as it is, and Lambda's names of levels and times are known", () => {
  expect(show({ timestamp: date, level: 'WARN', message: 'It is "late"', order: 'o 1' }).slice(13)).toBe(
    'WARNING  It is "late" order="o 1"',
  );
  expect(show({ level: 'FATAL', message: { nested: 1 } })).toBe('CRITICAL {"nested":1}');
});

test.each([
  'plain text',
  '',
  '   indented',
  '{"no":"level"}',
  '{"level":30,"msg":"of another logger"}',
  '["level"]',
  '{"level":"info"',
  'null',
  '{} trailing',
])('%j passes unchanged', (line) => {
  expect(view.show(line)).toEqual([line]);
});

describe('control characters', () => {
  const [nasty, told] = [
    '\u001B]52;c;YQ==\u0007\u009B2J\r\n\u007F\u202E\u2028',
    String.raw`\u001b]52;c;YQ==\u0007\u009b2J\r\n\u007f\u202e\u2028`,
  ];

  test.each([
    ['message', { level: 'info', message: `a${nasty}b` }, `INFO     a${told}b`],
    ['path', { level: 'info', type: 'access', method: 'GET', path: `/${nasty}` }, `INFO     GET /${told}`],
    ['method', { level: 'info', type: 'access', method: nasty, path: '/' }, `INFO     ${told} /`],
  ])('in a %s are told, and are no orders to the terminal', (_where, line, shown) => {
    expect(show(line)).toBe(shown);
  });

  test('in names and values of other fields are told, too', () => {
    const shown = show({ level: nasty, [`a${nasty}`]: 'x\u001B[2J', deep: { b: nasty } });
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
    expect(shown).toContain(String.raw`=x\u001b[2J`);
  });

  test('in a stack and in the request that caused it are told, but for the ends of lines', () => {
    recent.add(
      'nasty',
      JSON.stringify(
        events.apiGatewayV2({
          method: 'POST',
          url: '/a',
          body: `b\u001B[2J\u009Bc\r\nd`,
          headers: { 'content-type': 'text/plain' },
        }),
      ),
    );
    const shown = show({
      level: 'critical',
      id: 'nasty',
      error_detail: `Error: \u001B[2J\tx\r\n    at run\u009B (node:vm:1:1)`,
    });
    // oxlint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/);
    expect(shown).toContain(
      '  Error: \\u001b[2J\tx\n      at run\\u009b (node:vm:1:1)\n\n  Caused by\n  POST /a (api-gateway-v2)\n  b\\u001b[2J\\u009bc d',
    );
  });
});

test('colours are codes around what stands out', () => {
  view = new LogView({ root, paint: paint(true), events: recent });
  const shown = show({
    type: 'access',
    level: 'warning',
    date,
    method: 'GET',
    path: '/',
    status_code: 404,
    execution_time: 1,
  });
  expect(shown).toContain('\u001B[33mWARNING \u001B[39m GET / \u001B[33m404\u001B[39m \u001B[2m1.0 ms\u001B[22m');
});

describe('an error that nobody has handled', () => {
  const stack = [
    'TypeError: no such order',
    '    at helper (node:internal/modules/run:1:1)',
    `    at Library.call (${root}/node_modules/library/index.js:5:6)`,
    `    at Orders.find (file://${root}/src/orders.ts:4:10)`,
    `    at async ${root}/src/orders.ts:2:2`,
  ].join('\n');

  test('is shown with the lines of the source around its first own place', () => {
    const lines = show({ level: 'critical', date, message: 'Unhandled error', error_detail: stack }).split('\n');
    expect(lines[0]!.slice(13)).toBe('CRITICAL Unhandled error');
    expect(lines.slice(1)).toEqual([
      '  TypeError: no such order',
      '      at helper (node:internal/modules/run:1:1)',
      `      at Library.call (${root}/node_modules/library/index.js:5:6)`,
      '      at Orders.find (src/orders.ts:4:10)',
      '      at async src/orders.ts:2:2',
      '',
      '  src/orders.ts:4',
      '    1 | export class Orders {',
      '    2 | \tfind(id: string) {',
      '    3 | \t\tif (id === "1") {',
      '  > 4 | \t\t\tthrow new Error(id);',
      '      | \t\t\t      ^',
      '    5 | \t\t}',
      '    6 | \t}',
      '    7 | }',
      '',
    ]);
  });

  test('is shown with its source once, and with what caused it once', () => {
    const event = events.sqs('orders', ['{"order":1}', '{"order":2}']);
    recent.add('twice', JSON.stringify(event));
    const [first, second] = event.Records.map(({ messageId }) => messageId);
    const line = { type: 'record', level: 'error', error_detail: stack };
    const shown = [first, first, second].map((id, index) => show({ ...line, id, error_detail: `${index}${stack}` }));
    expect(shown.map((text) => text.includes('> 4 |'))).toEqual([true, false, false]);
    expect(shown.map((text) => text.includes('Caused by'))).toEqual([true, false, true]);
    for (const text of shown) expect(text).toContain('at Orders.find (src/orders.ts:4:10)');
  });

  test('is shown with lines that fit into the terminal', () => {
    writeFileSync(join(root, 'src/long.ts'), `short;\n${'a'.repeat(100)}(${'b'.repeat(100)});\n`);
    const lines = (column: number) => {
      view = new LogView({ root, paint: paint(false), events: recent, columns: () => 40 });
      const detail = `Error: x\n    at run (${root}/src/long.ts:2:${column})`;
      return show({ level: 'critical', error_detail: detail }).split('\n').slice(4);
    };
    expect(lines(102)).toEqual([
      '  src/long.ts:2',
      '    1 |',
      `  > 2 | ${'a'.repeat(18)}(${'b'.repeat(13)}`,
      `      | ${' '.repeat(19)}^`,
      '    3 |',
      '',
    ]);
    expect(lines(3)[2]).toBe(`  > 2 | ${'a'.repeat(32)}`);
  });

  test('is shown without the frames of what has called the application', () => {
    const lambent = `${root}/node_modules/lambent/src/application`;
    const detail = [
      'Error: outer',
      `    at Orders.find (${root}/src/gone.ts:4:10)`,
      `    at Array.map (<anonymous>)`,
      `    at async ${root}/src/gone.ts:2:2`,
      `    at call (${lambent}/compile-handler.ts:54:82)`,
      '    at AsyncLocalStorage.run (node:async_hooks:346:14)',
      'Caused by: Error: inner',
      `    at Client.send (${root}/node_modules/client/index.js:1:1)`,
      `    at load (${root}/src/gone.ts:1:1)`,
      `    at call (${lambent}/compile-handler.ts:54:82)`,
    ].join('\n');
    expect(show({ level: 'critical', error_detail: detail }).split('\n').slice(1, 8)).toEqual([
      '  Error: outer',
      '      at Orders.find (src/gone.ts:4:10)',
      '      at Array.map (<anonymous>)',
      '      at async src/gone.ts:2:2',
      '  Caused by: Error: inner',
      `      at Client.send (${root}/node_modules/client/index.js:1:1)`,
      '      at load (src/gone.ts:1:1)',
    ]);
  });

  test("is shown with all of its frames where none is the application's, but for one that says what is wrong by itself", () => {
    const frame = `    at link (${root}/node_modules/lambent/src/modules/plan/link-providers.ts:1:1)`;
    expect(show({ level: 'critical', error_detail: `TypeError: x\n${frame}` })).toContain(frame);
    expect(show({ level: 'critical', error_detail: `BootstrapError: Orders needs Table.\n${frame}` })).not.toContain(
      '    at ',
    );
    expect(
      show({
        level: 'critical',
        error_detail: `BootstrapError: No option.\n${frame}\n    at run (${root}/src/gone.ts:1:1)`,
      }),
    ).toMatch(/No option\.\n {6}at run \(src\/gone\.ts:1:1\)\n/);
  });

  test('is shown with what to do, where it says nothing of that', () => {
    const shown = show({
      level: 'critical',
      error_detail: `ReferenceError: Cannot access 'B' before initialization\n    at run (${root}/src/gone.ts:1:1)`,
    });
    expect(shown).toMatch(/src\/gone\.ts:1\n\n {2}B is used before its class is defined/);
  });

  test('is shown with the request that caused it, by the id of the request or of the invocation', () => {
    const event = events.apiGatewayV2({
      method: 'POST',
      url: '/orders?dry=1',
      body: `{"note":"${'x'.repeat(2000)}"}`,
      headers: { 'content-type': 'application/json' },
    });
    recent.add(
      'invocation-1',
      JSON.stringify({
        ...event,
        requestContext: { ...(event as { requestContext: object }).requestContext, requestId: 'request-1' },
      }),
    );
    for (const id of ['invocation-1', 'request-1']) {
      const shown = show({ level: 'critical', date, id, error_detail: stack });
      expect(shown).toContain('  Caused by\n  POST /orders?dry=1 (api-gateway-v2)\n  {"note":"xxx');
      expect(shown).toMatch(/x … \(2011 characters\)/);
    }
    expect(show({ level: 'critical', date, id: 'another', error_detail: stack })).not.toContain('Caused by');
  });

  test('is shown with the one record of a batch that caused it', () => {
    const event = events.sqs('orders', ['{"order":1}', '{"order":2}']);
    recent.add('invocation-2', JSON.stringify(event));
    const shown = show({ type: 'record', level: 'error', date, id: event.Records[1]!.messageId, error_detail: stack });
    expect(shown).toMatch(/Caused by\n {2}sqs \(queue orders\): record \S+, 1 of 2\n {2}\{"order":2\}\n/);
    view = new LogView({ root, paint: paint(false), events: recent, verbose: true });
    expect(show({ type: 'record', level: 'error', id: event.Records[1]!.messageId, error_detail: stack })).toContain(
      '"receiptHandle"',
    );
  });

  test.each([
    ['kafka', { eventSource: 'aws:kafka', records: { 'orders-0': { topic: 'orders' } } }],
    ['rabbit-mq', { eventSource: 'aws:rmq', rmqMessagesByQueue: { orders: {} } }],
    ['kinesis', { Records: [{ eventSource: 'aws:kinesis', eventID: 7, kinesis: { data: 3 } }] }],
  ])('is shown with an event of %s that is malformed as it is', (_source, event) => {
    recent.add('malformed', JSON.stringify(event));
    expect(show({ level: 'critical', id: 'malformed', error_detail: stack })).toContain(
      `  Caused by\n  ${JSON.stringify(event)}\n`,
    );
  });

  test("is shown without its source where that is gone, or nothing of it is the application's", () => {
    expect(show({ level: 'critical', error_detail: `Error: x\n    at run (${root}/src/gone.ts:1:1)` })).toMatch(
      /src\/gone\.ts:1\n$/,
    );
    expect(show({ level: 'critical', error_detail: 'Error: x\n    at run (node:vm:1:1)' })).toBe(
      'CRITICAL\n  Error: x\n      at run (node:vm:1:1)\n',
    );
  });

  test('is shown once, though the process tells of it as the application did', () => {
    expect(show({ type: 'access', level: 'critical', error_detail: stack })).toContain('no such order');
    expect(show({ type: 'runtime', level: 'critical', message: 'The function failed', error_detail: stack })).toBe('');
    expect(show({ type: 'runtime', level: 'critical', message: 'The function failed', error_detail: stack })).toContain(
      'no such order',
    );
  });

  test('is found in folders with odd names', () => {
    mkdirSync(join(root, 'src/my (own) part'), { recursive: true });
    writeFileSync(join(root, 'src/my (own) part/a.ts'), 'throw 1;\n');
    const url = `file://${root}/src/my%20(own)%20part/a.ts`;
    expect(show({ level: 'critical', error_detail: `Error: x\n    at new A [as b] (${url}:1:1)` })).toContain(
      'at new A [as b] (src/my (own) part/a.ts:1:1)\n\n  src/my (own) part/a.ts:1\n  > 1 | throw 1;',
    );
  });
});

test('an error that somebody has explained is no stack', () => {
  expect(show({ level: 'error', date, error_detail: 'The database is away' }).slice(13)).toBe(
    'ERROR    error_detail="The database is away"',
  );
});

test('broken rules of an input have a line each', () => {
  const detail = [
    { loc: ['body', 'items', 0, 'id'], msg: 'id must be a string', type: 'isString' },
    { loc: ['query', 'page\u001B'], msg: 'page must be\nan integer', type: 'isInt' },
  ];
  const line = { type: 'access', level: 'warning', date, method: 'POST', path: '/', status_code: 422 };
  expect(
    show({ ...line, error_detail: detail })
      .slice(13)
      .split('\n'),
  ).toEqual([
    'WARNING  POST / 422',
    '  body.items.0.id: id must be a string',
    String.raw`  query.page\u001b: page must be\nan integer`,
  ]);
  expect(show({ ...line, error_detail: ['other'] }).slice(13)).toBe('WARNING  POST / 422 error_detail=["other"]');
});
