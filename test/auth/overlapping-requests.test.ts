import { Authenticated, OptionalAuth, Roles } from '../../src/auth/access-decorators.js';
import { ApiKeyModule } from '../../src/auth/api-keys/api-key-module.js';
import { CurrentUser } from '../../src/auth/current-user.js';
import { OnSqs, OnWebSocket } from '../../src/decorators/consumers.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { RequestUser } from '../../src/http/request/request-user.js';
import { Request } from '../../src/http/request/request.js';
import { StreamResponse } from '../../src/http/response/stream-response.js';
import { installAwsLambda, ResponseStream, type StreamReceiver } from '../../src/local/invoke/response-stream.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { inject } from '../../src/testing/inject.js';
import { createApp } from '../application/create-app.js';
import { type Gate, gate } from '../gate.js';
import { captureStdout } from '../logging/captured-stdout.js';

// Several events are in progress in one environment, which has served others before.

beforeEach(() => {
  captureStdout();
  produced = [];
});
afterEach(() => jest.restoreAllMocks());

const NAMES = ['ann', 'bob', 'eve'];
const keys = NAMES.map((name) => ({ name, key: `key-of-${name}` }));
const asking = (name: string | undefined): Record<string, string> =>
  name === undefined ? {} : { 'x-api-key': `key-of-${name}` };

/** Whom the streams were made for. */
let produced: string[] = [];

@Controller()
class Shared {
  @Get('me') @OptionalAuth() async me(request: Request, @CurrentUser() user?: RequestUser) {
    await Promise.resolve();
    return { argument: user?.id ?? 'nobody', request: request.user?.id ?? 'nobody' };
  }
  @Get('stream') @Authenticated() stream(@CurrentUser('id') id: string) {
    return new StreamResponse(
      (async function* () {
        produced.push(id);
        yield `${id} `;
        await Promise.resolve();
        yield id;
      })(),
    );
  }
  @Get('admin') @Roles('admin') admin() {
    produced.push('admin');
    return new StreamResponse(['secret']);
  }
}

it('Each request has its own user, in whatever order they become known', async () => {
  const lookups = new Map<string, Gate<void>>(NAMES.map((name) => [name, gate()]));
  const user = async ({ id }: { id: string }) => {
    await lookups.get(id)!.passed;
    return {};
  };
  const app = await createApp({ imports: [ApiKeyModule.forRoot({ keys, user })], controllers: [Shared] }).ready();
  const callers = ['ann', undefined, 'bob', 'eve', undefined, 'ann'];
  const responses = callers.map((name) => inject(app, { url: '/me', headers: asking(name) }));
  for (const name of NAMES.toReversed()) {
    lookups.get(name)!.open();
    await Promise.resolve();
  }
  const known = (await Promise.all(responses)).map((response) => response.json<unknown>());
  expect(known).toEqual(callers.map((name = 'nobody') => ({ argument: name, request: name })));
});

it('Two applications of one process that share a controller accept their own callers alone', async () => {
  const [first, second] = ['ann', 'bob'].map((name) =>
    createApp({
      imports: [ApiKeyModule.forRoot({ keys: keys.filter((one) => one.name === name) })],
      controllers: [Shared],
    }),
  );
  const status = async (app: typeof first, name: string) =>
    (await inject(app!, { url: '/me', headers: asking(name) })).statusCode;
  const all = [status(first, 'ann'), status(second, 'ann'), status(first, 'bob'), status(second, 'bob')];
  expect(await Promise.all(all)).toEqual([200, 401, 401, 200]);
});

class Gateway implements StreamReceiver {
  readonly text: string[] = [];
  async write(chunk: Buffer): Promise<void> {
    this.text.push(chunk.toString());
  }
  end(): void {}
}

/** Invokes the handler of a function URL that streams, and returns what was sent. */
async function stream(app: ReturnType<typeof createApp>, url: string, name?: string): Promise<string> {
  installAwsLambda();
  const gateway = new Gateway();
  const handler = app.streamingHandler as unknown as (...args: unknown[]) => Promise<void>;
  await handler(httpEvents.functionUrl({ url, headers: asking(name) }), new ResponseStream(gateway), fakeContext());
  return gateway.text.join('');
}

it('A route that streams begins only for those who may call it, each as themselves', async () => {
  const app = createApp({ imports: [ApiKeyModule.forRoot({ keys })], controllers: [Shared] });
  const refused = await Promise.all([
    stream(app, '/stream'),
    stream(app, '/stream', 'mallory'),
    stream(app, '/admin', 'ann'),
  ]);
  expect(refused.map((text) => /"statusCode":(\d+)/.exec(text)?.[1])).toEqual(['401', '401', '403']);
  expect([refused.join().includes('secret'), produced]).toEqual([false, []]);
  const texts = await Promise.all(NAMES.map((name) => stream(app, '/stream', name)));
  expect(texts.map((text) => text.slice(-7))).toEqual(NAMES.map((name) => `${name} ${name}`));
});

it.each([
  [
    'messages',
    () => {
      @Controller()
      @Authenticated()
      class Orders {
        @OnSqs('orders') ship() {}
      }
      return Orders;
    },
  ],
  [
    'WebSocket connections',
    () => {
      @Controller()
      @OptionalAuth()
      class Chat {
        @OnWebSocket('$connect') connect() {}
      }
      return Chat;
    },
  ],
])('A class that handles only %s is not guarded in vain', async (_what, declare) => {
  const app = createApp({ imports: [ApiKeyModule.forRoot({ keys })], controllers: [declare()] });
  await expect(app.ready()).rejects.toThrow(/names AuthGuard, which is @For\('http'\) and would never run there/);
});
