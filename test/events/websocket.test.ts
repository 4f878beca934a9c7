import { Exclude } from 'class-transformer';
import { IsString } from 'class-validator';
import { OnAuthorize, OnWebSocket } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body } from '../../src/decorators/parameters.js';
import { BadRequestException, UnauthorizedException } from '../../src/errors/exceptions.js';
import { FileResponse } from '../../src/http/response/file-response.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { Response } from '../../src/http/response/response.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, describeInvocationSource, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

describeInvocationSource({
  name: 'a WebSocket API',
  source: 'websocket',
  decorator: OnWebSocket('say'),
  elsewhere: OnWebSocket('shout'),
  event: () => events.webSocket({ route: 'say', body: { text: 'hello' } }),
  body: { text: 'hello' },
  nothing: { statusCode: 200 },
  answersExceptions: true,
});

function answerOf(handle: () => unknown, route = '$default') {
  return invoke(consumerApp(OnWebSocket(route), handle), events.webSocket({ route }));
}

describe('responses to a WebSocket', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  it.each([
    [{ a: 1 }, '{"a":1}'],
    ['text', '"text"'],
    [[], '[]'],
    [0, '0'],
    [false, 'false'],
    ['', '""'],
  ])('carry %j as JSON', async (value, body) => {
    expect(await answerOf(() => value)).toEqual({ statusCode: 200, body });
  });

  it.each([[undefined], [null]])('have no body for %p', async (nothing) => {
    expect(await answerOf(() => nothing)).toEqual({ statusCode: 200 });
  });

  it('are written as their class and the option json say', async () => {
    class User {
      id = 7n;
      @Exclude() password = 'secret';
    }
    const json = {
      parse: JSON.parse,
      stringify: (value: unknown) =>
        JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)),
    };
    for (const value of [new User(), new JsonResponse(new User())]) {
      const answer = invoke(
        consumerApp(OnWebSocket('$default'), () => value, { json }),
        events.webSocket({}),
      );
      expect(await answer).toMatchObject({ statusCode: 200, body: '{"id":"7"}' });
    }
  });

  it('may be made in the form of API Gateway, as for choosing a subprotocol', async () => {
    const answer = { statusCode: 200, headers: { 'sec-websocket-protocol': 'chat.v2' } };
    expect(await answerOf(() => answer, '$connect')).toEqual(answer);
  });

  it.each([new StreamResponse(['a']), new FileResponse(__filename)])(
    'are no streams, which would be lost: %p',
    async (response) => {
      await expect(answerOf(() => response)).rejects.toThrow(
        /^A WebSocket method returned a \w+, but a message is sent as a whole\. Read it first and return its content\.$/,
      );
    },
  );

  it('may be a Response, of text or of bytes', async () => {
    const text = new Response('hello', { statusCode: 201, headers: { 'x-a': ['1', '2'] } });
    expect(await answerOf(() => text)).toEqual({
      statusCode: 201,
      headers: { 'x-a': '1, 2' },
      body: 'hello',
      isBase64Encoded: false,
    });
    expect(await answerOf(() => new Response(Buffer.from([0xff])))).toEqual({
      statusCode: 200,
      body: '/w==',
      isBase64Encoded: true,
    });
    expect(await answerOf(() => new Response())).toEqual({ statusCode: 200 });
  });

  it('refuse a connection by the status of an exception', async () => {
    const refusal = new UnauthorizedException('No token', { headers: { 'www-authenticate': 'Bearer' } });
    expect(await answerOf(() => Promise.reject(refusal), '$connect')).toEqual({
      statusCode: 401,
      headers: { 'www-authenticate': 'Bearer' },
      body: '{"detail":"No token"}',
    });
  });

  it('refuse a connection when a guard does', async () => {
    class Closed {
      @OnWebSocket('$connect') @UseGuards({ canActivate: () => false }) connect() {}
    }
    const answer = await invoke(createApp({ controllers: [Closed] }), events.webSocket({ route: '$connect' }));
    expect(answer).toEqual({ statusCode: 403, body: '{"detail":"Forbidden"}' });
  });

  it.each(['$connect', 'say'])(
    'are those of the application for an error that nobody expected, where it answers these itself: %s',
    async (route) => {
      const app = consumerApp(OnWebSocket(route), () => Promise.reject(new Error('Row 7')), {
        unhandledErrors: 'respond',
      });
      expect(await invoke(app, events.webSocket({ route }))).toEqual({
        statusCode: 500,
        body: '{"detail":"Internal Server Error"}',
      });
    },
  );

  it('refuse a header that would begin another one', async () => {
    const evil = new BadRequestException('x', { headers: { 'x-evil': 'a\r\nb' } });
    await expect(answerOf(() => Promise.reject(evil))).rejects.toThrow('"x-evil" has the character U+000D');
  });
});

describe('messages of a WebSocket', () => {
  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  class Message {
    @IsString() text!: string;
  }

  class Chat {
    readonly taken: unknown[] = [];
    @OnWebSocket('$connect') connect(@Body() body: unknown) {
      this.taken.push('connect', body);
    }
    @OnWebSocket('$disconnect') disconnect() {
      this.taken.push('disconnect');
    }
    @OnWebSocket('say') say(@Body() message: Message) {
      return { echo: message.text, made: message instanceof Message };
    }
    @OnWebSocket('$default') other(@Body() body: string) {
      return body;
    }
    @OnWebSocket('bytes') bytes(@Body() body: Buffer) {
      return body.length;
    }
  }

  const app = () => createApp({ controllers: [Chat] });

  it('are taken by the method of their route', async () => {
    const chat = app();
    for (const route of ['$connect', '$disconnect'])
      expect(await invoke(chat, events.webSocket({ route }))).toEqual({ statusCode: 200 });
    expect((await chat.resolve(Chat)).taken).toEqual(['connect', undefined, 'disconnect']);
    expect(await invoke(chat, events.webSocket({ body: 'plain text' }))).toEqual({
      statusCode: 200,
      body: '"plain text"',
    });
  });

  it('are built and checked as their class', async () => {
    const valid = events.webSocket({ route: 'say', body: { text: 'hi' } });
    expect(await invoke(app(), valid)).toEqual({ statusCode: 200, body: '{"echo":"hi","made":true}' });
  });

  it.each([
    ['what is not valid', '{"text":1}', 422],
    ['what is no JSON', '{', 400],
    ['nothing', undefined, 422],
  ])('are answered with an error for %s', async (_, body, statusCode) => {
    expect(await invoke(app(), events.webSocket({ route: 'say', body }))).toMatchObject({ statusCode });
  });

  it.each(['drop' as const, jest.fn()])(
    'are answered with that error too where invalid records are dropped, or taken elsewhere',
    async (invalid) => {
      const forgiving = createApp({ controllers: [Chat] }, { batch: { invalid } });
      expect(await invoke(forgiving, events.webSocket({ route: 'say', body: '{"text":1}' }))).toMatchObject({
        statusCode: 422,
      });
      expect(await invoke(forgiving, events.webSocket({ route: 'say', body: '{' }))).toMatchObject({ statusCode: 400 });
    },
  );

  it('may be bytes', async () => {
    expect(await invoke(app(), events.webSocket({ route: 'bytes', body: Buffer.from([0xff, 0xfe]) }))).toMatchObject({
      body: '2',
    });
  });

  it('do not reach routes, and the question to their authorizer reaches the authorizer', async () => {
    const question = {
      ...events.authorizerRequest({ url: '/' }),
      requestContext: { ...events.webSocket({ route: '$connect' }).requestContext },
    };
    const authorizer = consumerApp(OnAuthorize(), () => true);
    await expect(invoke(authorizer, question)).resolves.toMatchObject({
      policyDocument: { Statement: [{ Effect: 'Allow' }] },
    });
    await expect(invoke(app(), question)).rejects.toThrow('No consumer takes this authorizer record');
  });
});
