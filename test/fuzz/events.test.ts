import fc from 'fast-check';
import { type HttpEventRequest, httpEvents } from '../../src/testing/http-events.js';
import type { TestingApplication } from '../../src/testing/testing-application.js';
import { createFuzzed, expectDecent, expectGood, send, SOURCES } from './fuzzed-application.js';
import { changed, CHANGES, pathsOf } from './mutations.js';

const requests: HttpEventRequest[] = [
  {
    method: 'POST',
    url: '/orders?q=a&q=b',
    headers: { cookie: 'flag=true; b=2', 'x-n': ['1', '2'] },
    payload: { name: 'Ada' },
  },
  { url: '/items/5?page=2&ids=1', headers: { cookie: 'flag=1', 'x-n': '3' } },
  {
    method: 'POST',
    url: '/bytes',
    headers: { 'content-type': 'application/octet-stream' },
    payload: new Uint8Array([0xff, 0xfe]),
  },
];

const events = SOURCES.flatMap((source) =>
  requests.map((request) => JSON.parse(JSON.stringify(httpEvents[source](request))) as Record<string, unknown>),
);

/** The event may be none of HTTP any more: then the invocation fails, with a word on what came. */
async function expectAnswerOrWord(app: TestingApplication, event: unknown): Promise<void> {
  try {
    expectDecent(await send(app, event));
  } catch (error) {
    if (!(error as Error).message.startsWith('No consumer takes this event: ')) throw error;
  }
}

describe('events that nobody should send', () => {
  let app: TestingApplication;

  beforeAll(async () => {
    app = await createFuzzed();
  });

  afterEach(() => expectGood(app));
  afterAll(() => app.close());

  it.each([...CHANGES])(
    'are answered, or refused with a word on what came, with any one member being %s',
    async (_, change) => {
      for (const event of events) {
        for (const path of pathsOf(event).slice(1)) await expectAnswerOrWord(app, changed(event, path, change));
      }
    },
  );

  it('are answered, or refused with a word on what came, with several members that are anything', async () => {
    const change = fc.constantFrom(...events).chain((event) => {
      const replacement = fc.tuple(
        fc.constantFrom(...pathsOf(event).slice(1)),
        fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
      );
      return fc.tuple(fc.constant(event), fc.array(replacement, { minLength: 2, maxLength: 5 }));
    });
    const property = fc.asyncProperty(change, ([event, replacements]) =>
      expectAnswerOrWord(
        app,
        replacements.reduce<unknown>((result, [path, to]) => changed(result, path, { to }), event),
      ),
    );
    await fc.assert(property, { numRuns: 1000 });
  });

  it.each([null, undefined, '', 'GET /', 0, true, [], [{}], {}, { Records: [{}] }, { version: '2.0' }])(
    '%j is refused with a word on what came',
    async (event) => {
      await expect(send(app, event)).rejects.toThrow('No consumer takes this event: ');
    },
  );

  it('that are any JSON are answered or refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), (event) => expectAnswerOrWord(app, event)),
      { numRuns: 300 },
    );
  });

  it.each([[undefined], [null], [{}], [{ getRemainingTimeInMillis: 1 }]])(
    'are answered with the context %j',
    async (context) => {
      const result = await app.handler(httpEvents.apiGatewayV2({ url: '/good' }), context as never);
      expect(result).toMatchObject({ statusCode: 200, body: '{"good":true}' });
    },
  );
});
