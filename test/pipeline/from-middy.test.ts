import { PassThrough } from 'node:stream';
import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { APP_INTERCEPTOR } from '../../src/contracts/app-tokens.js';
import { OnEvent, OnSqs } from '../../src/decorators/consumers.js';
import { UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { fromMiddy, type MiddyMiddleware, type MiddyRequest } from '../../src/pipeline/from-middy.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { appOf, createApp } from '../application/create-app.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

const steps: string[] = [];
beforeEach(() => void (steps.length = 0));

/** Notes when it is called. */
function noting(name: string): MiddyMiddleware {
  return {
    before: () => void steps.push(`${name} before`),
    after: async () => void steps.push(`${name} after`),
    onError: () => void steps.push(`${name} onError`),
  };
}

const tagging: MiddyMiddleware = {
  after: (request) => {
    request.response = { ...(request.response as object), tagged: true };
  },
};
const refusing: MiddyMiddleware = { before: () => ({ refused: true }) };
const handingOver: MiddyMiddleware = {
  before: ({ internal }) => void (internal['seen'] = ((internal['seen'] as number | undefined) ?? 0) + 1),
};
const readingInternal: MiddyMiddleware = { after: (request) => ({ seen: request.internal['seen'] }) };
const answeringErrors: MiddyMiddleware = {
  onError: async (request) => {
    request.response = { statusCode: 418, headers: { 'X-Why': (request.error as Error).message }, body: 'sorry' };
  },
};
const answeringPings: MiddyMiddleware = {
  before: ({ event }) => ((event as { ping?: true }).ping ? 'pong' : undefined),
};
const gatewayResult = {
  statusCode: 203,
  headers: { 'X-One': 1, 'X-None': undefined },
  multiValueHeaders: { 'X-Many': ['a', 'b'] },
  cookies: ['a=1'],
  body: Buffer.from([0xff, 0xfe]).toString('base64'),
  isBase64Encoded: true,
};

@Controller()
class Routes {
  @Get('order') @UseInterceptors(fromMiddy([noting('outer'), noting('inner')])) order() {
    steps.push('method');
    return 'done';
  }
  @Get('thrown') @UseInterceptors(fromMiddy([noting('outer'), noting('inner')])) thrown() {
    throw new ConflictException('taken');
  }
  @Get('tagged') @UseInterceptors(fromMiddy(tagging)) tagged() {
    return { id: 1 };
  }
  @Get('refused') @UseInterceptors(fromMiddy([noting('outer'), refusing, noting('inner')])) refused() {
    return 'never';
  }
  @Get('empty') @UseInterceptors(fromMiddy({ before: (request) => void (request.earlyResponse = undefined) })) empty() {
    return 'never';
  }
  @Get('internal') @UseInterceptors(fromMiddy([handingOver, readingInternal])) internal() {}
  @Get('mended') @UseInterceptors(fromMiddy([noting('outer'), answeringErrors])) mended() {
    throw new Error('broken');
  }
  @Get('second')
  @UseInterceptors(fromMiddy({ onError: () => Promise.reject(new ConflictException('second')) }))
  second() {
    throw new Error('first');
  }
  @Get('failing')
  @UseInterceptors(fromMiddy({ before: () => Promise.reject(new ConflictException('before')) }))
  failing() {}
  @Get('gateway') @UseInterceptors(fromMiddy({ before: () => gatewayResult })) gateway() {}
  @Get('own') @UseInterceptors(fromMiddy(noting('own'))) own() {
    return { statusCode: 7, body: 'data' };
  }
  @Post('echo') echo(@Body() body: unknown) {
    return body;
  }
  @Get('crash') crash() {
    throw new TypeError('crashed');
  }
  @Get('broken') async *broken() {
    yield 'begun';
    throw new Error('broke off');
  }
  @OnSqs('orders') take(@Body() body: string) {
    if (body === 'poison') throw new Error('poison');
  }
  @OnEvent((event) => (event as { task?: string }).task === 'sum') sum() {
    return { sum: 3 };
  }
}

const app = () => appOf(Routes);

describe('around a route', () => {
  test('before runs inwards and after outwards', async () => {
    const { statusCode, payload } = await inject(app(), { url: '/order' });
    expect([statusCode, payload]).toEqual([200, '"done"']);
    expect(steps).toEqual(['outer before', 'inner before', 'method', 'inner after', 'outer after']);
  });

  test('onError runs outwards, and what nobody answers stays the error it was', async () => {
    const answer = await inject(app(), { url: '/thrown' });
    expect([answer.statusCode, answer.json()]).toEqual([409, { detail: 'taken' }]);
    expect(steps).toEqual(['outer before', 'inner before', 'inner onError', 'outer onError']);
  });

  test("response is the method's result, and may be replaced", async () => {
    expect((await inject(app(), { url: '/tagged' })).json()).toEqual({ id: 1, tagged: true });
  });

  test('a value from before ends early: neither the method nor any after is run', async () => {
    expect((await inject(app(), { url: '/refused' })).json()).toEqual({ refused: true });
    expect(steps).toEqual(['outer before']);
  });

  test('earlyResponse ends early with nothing', async () => {
    expect((await inject(app(), { url: '/empty' })).statusCode).toBe(204);
  });

  test('internal is shared by the middlewares of one stack and is new for each event', async () => {
    const one = app();
    expect((await inject(one, { url: '/internal' })).json()).toEqual({ seen: 1 });
    expect((await inject(one, { url: '/internal' })).json()).toEqual({ seen: 1 });
  });

  test('a gateway result from onError is the answer', async () => {
    const { statusCode, payload, headers } = await inject(app(), { url: '/mended' });
    expect([statusCode, payload, headers['x-why']]).toEqual([418, 'sorry', 'broken']);
    expect(steps).toEqual(['outer before', 'outer onError']);
  });

  test('an error from onError takes the place of the first, which becomes its cause', async () => {
    const answer = await inject(app(), { url: '/second' });
    expect([answer.statusCode, answer.json()]).toEqual([409, { detail: 'second' }]);
  });

  test('an error from before goes the way of all errors', async () => {
    expect((await inject(app(), { url: '/failing' })).json()).toEqual({ detail: 'before' });
  });

  test('a gateway result keeps its bytes, header lines and cookies', async () => {
    const event = httpEvents.apiGatewayV2({ url: '/gateway' });
    const result = (await app().handler(event, fakeContext())) as Record<string, unknown>;
    expect(result).toMatchObject({ statusCode: 203, body: '//4=', isBase64Encoded: true, cookies: ['a=1'] });
    expect(result['headers']).toMatchObject({ 'x-one': '1', 'x-many': 'a, b' });
    expect(Object.keys(result['headers'] as object)).not.toContain('x-none');
  });

  test('data of the method that looks like a gateway result stays data', async () => {
    expect((await inject(app(), { url: '/own' })).json()).toEqual({ statusCode: 7, body: 'data' });
  });
});

const sqsEvent = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: String(index),
    body,
    attributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:1:orders',
  })),
});

/** Keeps what it was shown. */
function spying(): MiddyMiddleware & { seen: MiddyRequest[] } {
  const seen: MiddyRequest[] = [];
  return { seen, before: (request) => void seen.push(request), after: () => undefined, onError: () => undefined };
}

function withStacks(...middlewares: MiddyMiddleware[]): LambdaApplication {
  return appOf(Routes, { interceptors: middlewares.map((one) => fromMiddy(one)) });
}

describe('around every event', () => {
  test.each([
    ['a request', httpEvents.alb({ url: '/order' }), { statusCode: 200, body: '"done"' }],
    ['records', sqsEvent('one', 'poison'), { batchItemFailures: [{ itemIdentifier: '1' }] }],
    ['a direct invocation', { task: 'sum' }, { sum: 3 }],
  ])('hooks see the event and the result of %s as Lambda does', async (_, event, expected) => {
    const spy = spying();
    const context = fakeContext();
    const result = await withStacks(spy).handler(event, context);
    const [request] = spy.seen;
    expect(result).toMatchObject(expected);
    expect(spy.seen).toHaveLength(1);
    expect(request?.event).toBe(event);
    expect(request?.context).toBe(context);
    expect(request?.response).toBe(result);
  });

  test('an event that nobody knows can be answered before anyone looks for a consumer', async () => {
    const application = withStacks(answeringPings);
    await expect(application.handler({ ping: true }, fakeContext())).resolves.toBe('pong');
    await expect(application.handler({ other: true }, fakeContext())).rejects.toThrow('No consumer takes this event');
    expect(stdout.lines().filter(({ type }) => type === 'request')).toEqual([]);
  });

  test('the first stack is the outermost, and routes have none of it a second time', async () => {
    await inject(withStacks(noting('one'), noting('two')), { url: '/order' });
    expect(steps).toEqual([
      'one before',
      'two before',
      'outer before',
      'inner before',
      'method',
      'inner after',
      'outer after',
      'two after',
      'one after',
    ]);
  });

  test('a stack under APP_INTERCEPTOR does the same', async () => {
    const useValue = fromMiddy({ before: () => 'pong' });
    const application = createApp({ providers: [{ provide: APP_INTERCEPTOR, useValue }] });
    await expect(application.handler({ any: 'event' }, fakeContext())).resolves.toBe('pong');
  });

  test('before may put another event and another context in the place of those that came', async () => {
    const other = fakeContext();
    const application = withStacks({
      before: (request) => void Object.assign(request, { event: httpEvents.alb({ url: '/order' }), context: other }),
    });
    await expect(application.handler({}, fakeContext())).resolves.toMatchObject({ statusCode: 200, body: '"done"' });
  });

  test('onError sees what would fail the invocation, and may answer it', async () => {
    const errors: unknown[] = [];
    const application = withStacks({ onError: ({ error }) => void errors.push(error) }, answeringErrors);
    await expect(application.handler(httpEvents.alb({ url: '/crash' }), fakeContext())).resolves.toMatchObject({
      statusCode: 418,
    });
    expect(errors).toEqual([]);
    await expect(
      withStacks({ onError: ({ error }) => void errors.push(error) }).handler({}, fakeContext()),
    ).rejects.toThrow();
    expect(errors).toEqual([
      expect.objectContaining({ message: expect.stringContaining('No consumer takes') as string }),
    ]);
  });

  test('an exception that is an answer is no error to them', async () => {
    const application = withStacks(noting('app'));
    expect((await inject(application, { url: '/thrown' })).statusCode).toBe(409);
    expect(steps.slice(-1)).toEqual(['app after']);
  });

  test('events that overlap have an internal each', async () => {
    const application = withStacks({
      before: async ({ event, internal }) => {
        internal['run'] = (event as { run: number }).run;
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
      after: ({ internal }) => internal['run'],
    });
    const answers = [1, 2].map((run) => application.handler({ task: 'sum', run }, fakeContext()));
    await expect(Promise.all(answers)).resolves.toEqual([1, 2]);
  });
});

const runtime = globalThis as { awslambda?: object };
const fakeRuntime = {
  streamifyResponse: <T>(handler: T): T => handler,
  HttpResponseStream: { from: (output: PassThrough): PassThrough => output },
};

async function stream(application: LambdaApplication, event: unknown): Promise<string> {
  const output = new PassThrough();
  const text = output.toArray().then((chunks) => Buffer.concat(chunks as Buffer[]).toString());
  await (application.streamingHandler as (...args: unknown[]) => Promise<void>)(event, output, fakeContext());
  return text;
}

describe('with response streaming', () => {
  beforeEach(() => void (runtime.awslambda = fakeRuntime));
  afterEach(() => delete runtime.awslambda);

  test('an early answer, and results of records, are written as JSON', async () => {
    const pinging = withStacks(answeringPings);
    await expect(stream(pinging, { ping: true })).resolves.toBe('"pong"');
    await expect(stream(pinging, sqsEvent('poison'))).resolves.toBe('{"batchItemFailures":[{"itemIdentifier":"0"}]}');
  });

  test('an answer that breaks off fails the invocation, whatever a middleware answers', async () => {
    const broken = stream(withStacks(answeringErrors), httpEvents.functionUrl({ url: '/broken' }));
    await expect(broken).rejects.toThrow('broke off');
  });

  test('an answer that is out is not followed by what a middleware makes of it', async () => {
    await expect(stream(withStacks({ after: () => 'more' }), httpEvents.functionUrl({ url: '/order' }))).resolves.toBe(
      '"done"',
    );
  });
});

test.each([
  [
    (() => ({})) as MiddyMiddleware,
    'fromMiddy: middleware 1 is a function. Call the factory, as in fromMiddy(warmup()).',
  ],
  [[{ before: () => undefined }, undefined] as MiddyMiddleware[], 'fromMiddy: middleware 2 is undefined'],
  [{ use: 1 } as MiddyMiddleware, 'middleware 1 is an object: it must have before, after or onError'],
])('what is no middleware is refused: %#', (given, message) => {
  expect(() => fromMiddy(given)).toThrow(BootstrapError);
  expect(() => fromMiddy(given)).toThrow(message);
});
