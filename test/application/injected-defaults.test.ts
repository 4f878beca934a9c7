import { OnSqs } from '../../src/decorators/consumers.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { type Provider, Scope } from '../../src/shared/provider.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

const seen: unknown[] = [];

@Injectable({ scope: Scope.REQUEST })
class PerRequest {
  @Optional() @Inject('TTL') property = 60;
  constructor(@Optional() @Inject('TTL') readonly parameter = 60) {}
}

@Controller()
class Orders {
  constructor(readonly perRequest: PerRequest) {}

  @Get()
  list(@Optional() @Inject('TTL') ttl = 60) {
    return [ttl, this.perRequest.property, this.perRequest.parameter];
  }

  @OnSqs('orders')
  take(@Optional() @Inject('TTL') ttl = 60) {
    seen.push(ttl);
  }
}

const ttl = (value: unknown, scope = Scope.DEFAULT): Provider => ({ provide: 'TTL', useFactory: () => value, scope });

test.each<[string, Provider[], unknown]>([
  ['keep their default where nobody provides a value', [], 60],
  ['keep it where the value is undefined', [ttl(undefined)], 60],
  ['are given what is there', [ttl(5)], 5],
  ['are given null', [ttl(null)], null],
  ['are given what there is for the event', [ttl(5, Scope.REQUEST)], 5],
  ['keep their default where the event has undefined', [ttl(undefined, Scope.REQUEST)], 60],
])("optional parameters of methods, and what an event's own instances ask for, %s", async (_, providers, expected) => {
  seen.length = 0;
  const app = createApp({ controllers: [Orders], providers: [PerRequest, ...providers] });
  expect((await inject(app, {})).json()).toEqual([expected, expected, expected]);
  await app.handler(events.sqs('orders', [{}]), fakeContext());
  expect(seen).toEqual([expected]);
});
