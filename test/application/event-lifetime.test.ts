import type { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { gate, settled } from '../modules/build-container.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

/** The time is short by default, for methods that never end. */
const sources: [string, (app: LambdaApplication, remainingTime?: number) => Promise<unknown>][] = [
  ['a request', (app, remainingTime = 250) => inject(app, { remainingTime })],
  ['a record', (app, remainingTime = 250) => app.handler(events.sqs('orders', [{}]), fakeContext({ remainingTime }))],
];

/** An application of each kind of thing that is made for an event. */
function made(work: () => unknown, ended: string[]) {
  const disposable = (name: string) => ({ [Symbol.dispose]: () => void ended.push(name) });
  @Injectable({ scope: Scope.TRANSIENT })
  class Guard {
    canActivate = () => true;
    [Symbol.dispose] = () => void ended.push('guard');
  }
  @Injectable({ scope: Scope.REQUEST })
  class Interceptor {
    intercept = async (__: unknown, next: { handle(): Promise<unknown> }) => next.handle();
    [Symbol.dispose] = () => void ended.push('interceptor');
  }
  @Controller()
  @UseGuards(Guard)
  @UseInterceptors(Interceptor)
  class Orders {
    constructor(@Inject('request') readonly request: unknown) {}
    @Get() get(@Inject('transient') _given: unknown) {
      return work();
    }
    @OnSqs('orders') take(@Inject('transient') _given: unknown) {
      return work();
    }
  }
  const providers: Provider[] = [
    { provide: 'request', useFactory: async () => disposable('request'), inject: ['nested'], scope: Scope.REQUEST },
    { provide: 'nested', useFactory: () => disposable('nested'), scope: Scope.TRANSIENT },
    { provide: 'transient', useFactory: () => disposable('transient'), scope: Scope.TRANSIENT },
    { provide: 'singleton', useFactory: () => disposable('singleton') },
    Guard,
    Interceptor,
  ];
  return createApp({ controllers: [Orders], providers });
}

describe.each(sources)('what is made for %s', (_, send) => {
  test('ends with it, the last that was made first, transients of guards and of parameters included', async () => {
    const ended: string[] = [];
    const app = await made(() => undefined, ended).ready();
    await send(app, 30_000);
    expect(ended).toEqual(['transient', 'request', 'nested', 'interceptor', 'guard']);
    await app.close();
    expect(ended).toHaveLength(6);
  });

  test('is its handler’s until that has come to its end, where its time is over before', async () => {
    const ended: string[] = [];
    const { promise, open } = gate();
    const app = await made(() => promise, ended).ready();
    await send(app);
    await settled();
    expect(ended).toEqual([]);
    open();
    await settled();
    expect(ended).toEqual(['transient', 'request', 'nested', 'interceptor', 'guard']);
  });
});
