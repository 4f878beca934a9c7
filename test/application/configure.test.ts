import { IsString } from 'class-validator';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { Configure } from '../../src/application/options/application-options.js';
import { ConfigModule } from '../../src/config/config-module.js';
import { OnSqs } from '../../src/decorators/consumers.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Body, Form, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp, SOURCES } from './create-app.js';

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

class ShopConfig {
  @IsString({ each: true }) origins = ['https://shop.example'];
}

class Order {
  @IsString() id!: string;
}

@Controller()
class Orders {
  @Get() list() {
    return [1];
  }

  @Post() create(@Body() order: Order) {
    return order;
  }
}

const metadata: ModuleMetadata = { imports: [ConfigModule.forRoot(ShopConfig)], controllers: [Orders] };
const withOrigins: Configure = (app) => ({ cors: { origin: app.get(ShopConfig).origins } });
const request = { url: '/', headers: { origin: 'https://a.example' } };

function setOrigins(origins: string): void {
  jest.replaceProperty(process, 'env', { ...process.env, ORIGINS: origins });
}

describe('options from providers', () => {
  test.each(SOURCES)('apply to requests of %s', async (source) => {
    setOrigins('https://a.example,https://b.example');
    const app = createApp(metadata, withOrigins);
    const allowed = await inject(app, { ...request, source });
    const refused = await inject(app, { ...request, source, headers: { origin: 'https://c.example' } });
    expect([allowed.headers['access-control-allow-origin'], refused.headers['access-control-allow-origin']]).toEqual([
      'https://a.example',
      undefined,
    ]);
  });

  test('are added to those of create, which a plan may need', async () => {
    setOrigins('https://a.example');
    const app = createApp(metadata, {
      validation: { whitelist: true, forbidNonWhitelisted: true },
      securityHeaders: true,
      configure: withOrigins,
    });
    const { statusCode, headers } = await inject(app, { ...request, method: 'POST', payload: { id: 'a', more: 1 } });
    expect([statusCode, headers['access-control-allow-origin'], headers['x-content-type-options']]).toEqual([
      422,
      'https://a.example',
      'nosniff',
    ]);
  });

  test('come once a bootstrap, from single instances, before the hooks run and any event is handled', async () => {
    const order: string[] = [];
    @Injectable()
    class Hooked {
      onModuleInit() {
        order.push('hook');
      }
    }
    const app = createApp({ ...metadata, providers: [Hooked] }, async (providers) => {
      await Promise.resolve();
      order.push(providers.get(Hooked) instanceof Hooked ? 'configure' : 'wrong');
      return { etag: true };
    });
    const responses = await Promise.all([inject(app, request), inject(app, request)]);
    expect(responses.every(({ headers }) => headers['etag'] !== undefined)).toBe(true);
    expect(order).toEqual(['configure', 'hook']);
  });

  test('may be left out, and undefined ones have their defaults', async () => {
    const empty = createApp(metadata, () => ({}));
    const unset = createApp(metadata, () => ({ cors: undefined, etag: undefined, query: undefined }) as never);
    for (const app of [empty, unset]) {
      const { statusCode, headers } = await inject(app, request);
      expect([statusCode, headers['etag'], headers['access-control-allow-origin']]).toEqual([
        200,
        undefined,
        undefined,
      ]);
    }
  });

  test('may be getters of an instance', async () => {
    class Options {
      get etag() {
        return true;
      }
    }
    const { headers } = await inject(
      createApp(metadata, () => new Options()),
      request,
    );
    expect(headers['etag']).toBeDefined();
  });

  test('are those of the test kit', async () => {
    await using app = await Test.createTestingModule(metadata, withOrigins)
      .overrideProvider(ShopConfig)
      .useValue({ origins: ['https://a.example'] })
      .compile();
    expect((await app.inject(request)).headers['access-control-allow-origin']).toBe('https://a.example');
  });

  test('are not asked for by a description, which creates nothing', () => {
    @Module(metadata)
    class Root {}
    const configure = jest.fn(() => ({}));
    expect(LambdaApplication.describe(Root, configure).routes).toHaveLength(2);
    expect(configure).not.toHaveBeenCalled();
  });

  test.each([
    ['nested', { a: { b: '1' } }],
    ['flat', { 'a[b]': '1' }],
  ] as const)('decide how queries are read: %s', async (query, read) => {
    @Controller()
    class Search {
      @Get() find(@Query() given: unknown) {
        return given;
      }
    }
    const app = createApp({ controllers: [Search] }, () => ({ query }));
    expect((await inject(app, { url: '/?a[b]=1' })).json()).toEqual(read);
  });

  test('decide about uploads and batches', async () => {
    @Controller()
    class Forms {
      @Post() upload(@Form() form: { a: string }) {
        return form;
      }

      @OnSqs('jobs') run(@Body() _job: unknown) {
        throw new Error('no');
      }
    }
    const app = createApp({ controllers: [Forms] }, () => ({
      uploads: { fieldSize: 3 },
      batch: { rejectWhole: ['sqs' as const] },
    }));
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const upload = (payload: string) => inject(app, { method: 'POST', url: '/', headers, payload });
    expect([(await upload('a=123')).statusCode, (await upload('a=1234')).statusCode]).toEqual([200, 413]);
    await expect(app.handler(events.sqs('jobs', [{ id: 1 }]), fakeContext())).rejects.toThrow();
  });
});

const refusal = (configure: unknown) => expect(createApp(metadata, configure as Configure).ready()).rejects;

describe('options from providers are refused', () => {
  test.each([
    ['guards', []],
    ['validation', {}],
    ['basePath', '/v1'],
    ['accessLog', false],
    ['unhandledErrors', 'respond'],
    ['settings', {}],
    ['configure', () => ({})],
  ])('if they are needed before there are providers: %s', async (name, value) => {
    await refusal(() => ({ [name]: value })).toThrow(
      `configure returned the option ${name}, which is needed before there are providers: give it in the options of create, beside configure.`,
    );
  });

  test('if they are unknown, by name', async () => {
    await refusal(() => ({ corss: true })).toThrow('Unknown in the options that configure returned: corss.');
  });

  test('if their values are', async () => {
    await refusal(() => ({ cors: { origin: 5 } })).toThrow('origin');
    await refusal(() => ({ cors: { origins: '*' } })).toThrow('origins');
    await refusal(() => undefined).toThrow('The options that configure returned must be an object');
  });

  test('if create was given them, too', async () => {
    await expect(createApp(metadata, { cors: true, configure: withOrigins }).ready()).rejects.toThrow(
      'configure returned the option cors, which is given in the options of create, too.',
    );
  });

  test('with the error of the function, and the next event tries again', async () => {
    let attempts = 0;
    const app = createApp(metadata, () => {
      if (attempts++ === 0) throw new RangeError('not yet');
      return { etag: true };
    });
    await expect(app.ready()).rejects.toThrow(new RangeError('not yet'));
    expect((await inject(app, request)).headers['etag']).toBeDefined();
  });

  test('where a provider has no single instance', async () => {
    await refusal((app: { get(token: unknown): object }) => app.get('nothing')).toThrow('nothing');
  });
});
