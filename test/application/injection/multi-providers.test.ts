import { APP_GUARD } from '../../../src/contracts/app-tokens.js';
import type { CanActivate } from '../../../src/contracts/pipeline.js';
import { OnEvent } from '../../../src/decorators/consumers.js';
import { Inject, Injectable, Optional } from '../../../src/decorators/injectable.js';
import { Global, Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { Request } from '../../../src/http/request/request.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import { type Provider, Scope } from '../../../src/shared/provider.js';
import { InjectionToken } from '../../../src/shared/token.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { inject } from '../../../src/testing/inject.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp } from '../create-app.js';

interface Plugin {
  readonly name: string;
}

const PLUGINS = new InjectionToken<Plugin[]>('PLUGINS');

class Csv implements Plugin {
  readonly name = 'csv';
}

class Xml implements Plugin {
  readonly name = 'xml';
}

const csv: Provider = { provide: PLUGINS, useClass: Csv, multi: true };
const xml: Provider = { provide: PLUGINS, useClass: Xml, multi: true };
const named = (name: string): Provider => ({ provide: PLUGINS, useValue: { name }, multi: true });

@Injectable()
class Exporter {
  constructor(@Inject(PLUGINS) readonly plugins: readonly Plugin[]) {}

  get names(): string[] {
    return this.plugins.map(({ name }) => name);
  }
}

const exporterOf = async (metadata: ModuleMetadata): Promise<Exporter> =>
  (await createApp(metadata).ready()).get(Exporter);
const messageOf = (metadata: ModuleMetadata): Promise<string> =>
  createApp(metadata)
    .ready()
    .then(
      () => 'nothing failed',
      (error: Error) => error.message,
    );

describe('multi-providers', () => {
  test('are injected as a list, in the order of declaration, in every form', async () => {
    const exporter = await exporterOf({
      providers: [
        Exporter,
        xml,
        named('value'),
        {
          provide: PLUGINS,
          useFactory: async (one: Csv) => ({ name: `made after ${one.name}` }),
          inject: [Csv],
          multi: true,
        },
        Csv,
        { provide: PLUGINS, useExisting: Csv, multi: true },
      ],
    });
    expect(exporter.names).toEqual(['xml', 'value', 'made after csv', 'csv']);
  });

  test('of one are still a list', async () => {
    expect((await exporterOf({ providers: [csv, Exporter] })).names).toEqual(['csv']);
  });

  test('are found by app.get, also those that nothing asks for', async () => {
    const app = await createApp({ providers: [csv, xml] }).ready();
    expect(app.get(PLUGINS).map(({ name }) => name)).toEqual(['csv', 'xml']);
  });

  test('of imported modules come first, each once, in the order of the imports', async () => {
    @Module({ providers: [csv], exports: [PLUGINS] })
    class CsvModule {}
    @Module({ imports: [CsvModule], providers: [xml, named('hidden')], exports: [PLUGINS] })
    class XmlModule {}
    @Module({ imports: [XmlModule, CsvModule], exports: [XmlModule, CsvModule] })
    class PluginsModule {}
    const exporter = await exporterOf({ imports: [CsvModule, PluginsModule], providers: [named('own'), Exporter] });
    expect(exporter.names).toEqual(['csv', 'xml', 'hidden', 'own']);
  });

  test('that a module does not export stay its own', async () => {
    @Module({ providers: [csv, { provide: 'private', useExisting: PLUGINS }], exports: ['private'] })
    class CsvModule {}
    const app = await createApp({ imports: [CsvModule], providers: [xml, Exporter] }).ready();
    expect(app.get(Exporter).names).toEqual(['xml']);
    expect(app.get<Plugin[]>('private').map(({ name }) => name)).toEqual(['csv']);
    expect(await messageOf({ imports: [CsvModule], providers: [Exporter] })).toContain(
      'CsvModule provides it but does not export it: add InjectionToken(PLUGINS) to the exports of CsvModule.',
    );
  });

  test('of global modules are visible everywhere', async () => {
    @Global()
    @Module({ providers: [csv], exports: [PLUGINS] })
    class CsvModule {}
    @Module({ providers: [Exporter], exports: [Exporter] })
    class ExportModule {}
    expect((await exporterOf({ imports: [CsvModule, ExportModule] })).names).toEqual(['csv']);
  });

  test('that need the event make the list one of the event', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Tenant implements Plugin {
      constructor(private readonly request: Request) {}
      get name(): string {
        return `of ${this.request.header('x-tenant')}`;
      }
    }
    @Controller()
    class Exports {
      constructor(private readonly exporter: Exporter) {}
      @Get() list() {
        return this.exporter.names;
      }
      @Get('injected') injected(@Inject(PLUGINS) plugins: readonly Plugin[]) {
        return plugins.map(({ name }) => name);
      }
    }
    const app = createApp({
      controllers: [Exports],
      providers: [Exporter, csv, { provide: PLUGINS, useClass: Tenant, multi: true }],
    });
    const ask = async (tenant: string, url = '/') =>
      (await inject(app, { url, headers: { 'x-tenant': tenant } })).json<string[]>();
    expect(await Promise.all([ask('a'), ask('b'), ask('c', '/injected')])).toEqual([
      ['csv', 'of a'],
      ['csv', 'of b'],
      ['csv', 'of c'],
    ]);
  });

  test('have lifecycle hooks, consumers and disposal as any provider', async () => {
    const seen: string[] = [];
    @Injectable()
    class Consumer implements Plugin {
      readonly name = 'consumer';
      onModuleInit() {
        seen.push('started');
      }
      @OnEvent(() => true) take() {
        return 'taken';
      }
      [Symbol.dispose]() {
        seen.push('disposed');
      }
    }
    const app = createApp({ providers: [csv, { provide: PLUGINS, useClass: Consumer, multi: true }] });
    expect(await app.handler({ any: 'event' }, fakeContext())).toBe('taken');
    await app.close();
    expect(seen).toEqual(['started', 'disposed']);
  });

  test('of a lazy module join those of the application', async () => {
    @Controller('plugins')
    class Plugins {
      constructor(private readonly exporter: Exporter) {}
      @Get() list() {
        return this.exporter.names;
      }
    }
    @Global()
    @Module({ providers: [csv], exports: [PLUGINS] })
    class CsvModule {}
    @Module({ providers: [xml, Exporter], controllers: [Plugins] })
    class LateModule {}
    const app = createApp({ imports: [CsvModule, lazy('late', () => LateModule)] });
    expect((await inject(app, { url: '/late/plugins' })).json()).toEqual(['csv', 'xml']);
  });

  test('are replaced as a whole by an override', async () => {
    await using app = await Test.createTestingModule({ providers: [csv, xml, Exporter] })
      .overrideProvider(PLUGINS)
      .useValue([{ name: 'fake' }])
      .compile();
    expect(app.get(Exporter).names).toEqual(['fake']);
  });

  test('under an APP_ token are what they are without multi', async () => {
    class Closed implements CanActivate {
      canActivate() {
        return false;
      }
    }
    @Controller()
    class Open {
      @Get() list() {}
    }
    const app = createApp({ controllers: [Open], providers: [{ provide: APP_GUARD, useClass: Closed, multi: true }] });
    expect((await inject(app, { url: '/' })).statusCode).toBe(403);
  });

  test('that nothing provides are an unknown dependency, and undefined where optional', async () => {
    expect(await messageOf({ providers: [Exporter] })).toContain('nothing visible in AppModule provides it');
    @Injectable()
    class Maybe {
      constructor(@Optional() @Inject(PLUGINS) readonly plugins?: readonly Plugin[]) {}
    }
    expect((await createApp({ providers: [Maybe] }).ready()).get(Maybe).plugins).toBeUndefined();
  });

  test('beside a plain provider of the token are refused', async () => {
    const plain: Provider = { provide: PLUGINS, useValue: [] };
    for (const providers of [
      [csv, plain],
      [plain, csv],
    ])
      expect(await messageOf({ providers })).toBe(
        'AppModule provides InjectionToken(PLUGINS) with multi: true and without it: a token has either one provider ' +
          'or a list. Add multi: true to all of them, or remove it.',
      );
    @Module({ providers: [plain], exports: [PLUGINS] })
    class PlainModule {}
    expect(await messageOf({ imports: [PlainModule], providers: [csv] })).toBe(
      'InjectionToken(PLUGINS) means two things in AppModule: one provider of PlainModule, and a list, because ' +
        'AppModule provides it with multi: true. Use two tokens, or multi: true in both modules.',
    );
  });

  test('are named with their class where they fail', async () => {
    class Broken {
      constructor() {
        throw new Error('No disk');
      }
    }
    const broken: Provider = { provide: PLUGINS, useClass: Broken, multi: true };
    expect(await messageOf({ providers: [csv, broken, Exporter] })).toBe(
      'No disk (while creating InjectionToken(PLUGINS) (Broken), needed by InjectionToken(PLUGINS), Exporter in AppModule)',
    );
  });

  test('take true or false for multi, and nothing else', async () => {
    const odd = { provide: PLUGINS, useClass: Csv, multi: 'yes' } as unknown as Provider;
    expect(await messageOf({ providers: [odd] })).toContain('multi');
    expect(
      (await createApp({ providers: [{ ...csv, multi: false } as Provider] }).ready()).get<object>(PLUGINS),
    ).toEqual(new Csv());
  });
});
