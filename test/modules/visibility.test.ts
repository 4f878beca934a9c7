import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { planModules } from '../../src/modules/plan/plan-modules.js';
import { labelOf, nameOf } from '../../src/modules/provider-plan.js';
import { type DynamicModule, lazy, type ModuleReference } from '../../src/shared/module.js';
import { forwardRef, InjectionToken } from '../../src/shared/token.js';
import { build, failureOf, rootOf } from './build-container.js';

@Injectable()
class Database {}

@Module({ providers: [Database], exports: [Database] })
class DataModule {}

@Module({ providers: [Database] })
class PrivateModule {}

@Injectable()
class Orders {
  constructor(readonly database: Database) {}
}

async function messageFor(...imports: ModuleReference[]): Promise<string> {
  return (await failureOf(rootOf({ imports }))).message;
}

describe('what a module sees', () => {
  test('its own providers and the exports of its imports, of which there is one instance', async () => {
    @Module({ imports: [DataModule], providers: [Orders], exports: [Orders] })
    class OrdersModule {}
    const container = await build(rootOf({ imports: [OrdersModule, DataModule] }));
    expect(container.get(Orders).database).toBe(container.get(Database));
  });

  test('nothing of an import that is not exported: the error says whose export is missing', async () => {
    const error = await failureOf(rootOf({ imports: [PrivateModule], providers: [Orders] }));
    expect(error.name).toBe('BootstrapError');
    expect(error.message).toBe(
      'Orders in Root needs Database (constructor parameter 1 (database)), but nothing visible in Root provides it. ' +
        'PrivateModule provides it but does not export it: add Database to the exports of PrivateModule.',
    );
  });

  test('nothing of a module that it does not import: the error names the module to import', async () => {
    @Module({ providers: [Orders] })
    class OrdersModule {}
    const error = await failureOf(rootOf({ imports: [DataModule, OrdersModule] }));
    expect(error.message).toContain('DataModule exports it: add DataModule to the imports of OrdersModule.');
    @Module({ imports: [PrivateModule, OrdersModule] })
    class BothModule {}
    expect((await failureOf(BothModule)).message).toContain(
      'add Database to the exports of PrivateModule, and PrivateModule to the imports of OrdersModule.',
    );
  });

  test('a dynamic module gets what its caller imports: the error does not ask to edit its class', async () => {
    class Library {
      static forRootAsync(imports: readonly ModuleReference[]): DynamicModule {
        return {
          module: Library,
          imports,
          providers: [{ provide: 'options', inject: [Database], useFactory: () => 1 }],
        };
      }
    }
    expect(await messageFor(Library.forRootAsync([]))).toMatch(
      /Library provides it\. Add the module that exports it to the imports of Library, as in Library\.forRootAsync\(\{ imports: \[TheModule\], … \}\)\.$/,
    );
    expect(await messageFor(Library.forRootAsync([]), DataModule)).toContain(
      'DataModule exports it: add DataModule to the imports of Library, ' +
        'as in Library.forRootAsync({ imports: [DataModule], … }).',
    );
    expect(await messageFor(Library.forRootAsync([PrivateModule]))).toContain(
      'PrivateModule provides it but does not export it: add Database to the exports of PrivateModule.',
    );
    await build(rootOf({ imports: [Library.forRootAsync([DataModule])] }));
    const literal = { module: class Other {}, providers: [Orders] };
    expect(await messageFor(literal)).toContain('Add Database to the providers of Other');
  });

  test('its own provider rather than an imported one, and the last of its own', async () => {
    const NAME = new InjectionToken<string>('NAME');
    const imported: DynamicShape = {
      module: class Other {},
      providers: [{ provide: NAME, useValue: 'imported' }],
      exports: [NAME],
    };
    const own = [
      { provide: NAME, useValue: 'first' },
      { provide: NAME, useValue: 'last' },
    ];
    expect((await build(rootOf({ imports: [imported], providers: own }))).get(NAME)).toBe('last');
    expect((await build(rootOf({ imports: [imported] }))).get(NAME)).toBe('imported');
  });

  test('what imported modules pass on: whole modules, dynamic ones and single tokens', async () => {
    @Module({ imports: [DataModule], exports: [DataModule] })
    class WholeModule {}
    @Module({ imports: [WholeModule], exports: [Database] })
    class TokenModule {}
    const dynamic = { module: class Dynamic {}, imports: [TokenModule], exports: [TokenModule] };
    const passing = { module: class Passing {}, imports: [dynamic], exports: [dynamic] };
    const container = await build(rootOf({ imports: [passing], providers: [Orders] }));
    expect(container.get(Orders).database).toBe(container.get(Database));
  });

  test('what a provider object in exports stands for', async () => {
    const url = { provide: 'URL', useValue: 'db://' };
    const imported = { module: class UrlModule {}, providers: [url], exports: [url] };
    expect((await build(rootOf({ imports: [imported] }))).get('URL')).toBe('db://');
  });

  test('the exports of global modules, wherever those are imported, and nothing else of them', async () => {
    @Global()
    @Module({ providers: [Database, { provide: 'HIDDEN', useValue: 1 }], exports: [Database] })
    class GlobalModule {}
    @Module({ providers: [Orders] })
    class OrdersModule {}
    const container = await build(rootOf({ imports: [OrdersModule, GlobalModule] }));
    expect(container.get(Orders).database).toBeInstanceOf(Database);
    @Injectable()
    class Curious {
      constructor(@Inject('HIDDEN') readonly hidden: number) {}
    }
    const error = await failureOf(rootOf({ imports: [GlobalModule], providers: [Curious] }));
    expect(error.message).toContain(
      'GlobalModule provides it but does not export it: add "HIDDEN" to the exports of GlobalModule.',
    );
  });

  test('the exports of a dynamic module that says global: true', async () => {
    const dynamic = { module: class Settings {}, global: true, providers: [Database], exports: [Database] };
    @Module({ providers: [Orders] })
    class OrdersModule {}
    const container = await build(rootOf({ imports: [OrdersModule, dynamic] }));
    expect(container.get(Orders).database).toBeInstanceOf(Database);
  });

  test('undefined for an optional dependency that nobody provides, and the provider where there is one', async () => {
    @Injectable()
    class Careful {
      constructor(
        @Optional() readonly database?: Database,
        @Optional() @Inject('LIMIT') readonly limit: number = 7,
      ) {}
    }
    const without = (await build(rootOf({ providers: [Careful] }))).get(Careful);
    expect([without.database, without.limit]).toEqual([undefined, 7]);
    const given = (await build(rootOf({ providers: [Careful, Database, { provide: 'LIMIT', useValue: 9 }] }))).get(
      Careful,
    );
    expect([given.database, given.limit]).toEqual([expect.any(Database), 9]);
  });
});

type DynamicShape = Parameters<typeof planModules>[0];

describe('the module graph', () => {
  test('has imports before importers, a class once, and each dynamic module object as its own', () => {
    const one = { module: DataModule };
    const two = { module: DataModule };
    @Module({ imports: [DataModule, one] })
    class AModule {}
    @Module({ imports: [DataModule, two, one] })
    class BModule {}
    const { modules } = planModules(rootOf({ imports: [AModule, BModule] }));
    expect(modules.map(({ name }) => name)).toEqual([
      'DataModule',
      'DataModule',
      'AModule',
      'DataModule',
      'BModule',
      'Root',
    ]);
  });

  test('joins what @Module says with what forRoot adds', async () => {
    @Module({ providers: [Database], exports: [Database] })
    class Config {
      static forRoot(url: string) {
        return { module: Config, providers: [{ provide: 'URL', useValue: url }], exports: ['URL'] };
      }
    }
    const container = await build(rootOf({ imports: [Config.forRoot('db://a')], providers: [Orders] }));
    expect(container.get('URL')).toBe('db://a');
    expect(container.get(Orders).database).toBeInstanceOf(Database);
  });

  test('awaits promised modules, and those that they promise in turn', async () => {
    const inner = Promise.resolve({ module: class Inner {}, providers: [Database], exports: [Database] });
    const outer = Promise.resolve({ module: class Outer {}, imports: [inner], providers: [Orders], exports: [Orders] });
    expect((await build(rootOf({ imports: [outer] }))).get(Orders).database).toBeInstanceOf(Database);
  });

  test('forRootAsync takes imports and a factory with inject', async () => {
    @Module({})
    class Client {
      static forRootAsync(options: {
        imports: DynamicShape[];
        inject: never[];
        useFactory: (...args: never[]) => Promise<string>;
      }) {
        const { imports, inject, useFactory } = options;
        return { module: Client, imports, providers: [{ provide: 'URL', useFactory, inject }], exports: ['URL'] };
      }
    }
    const config = { module: class Config {}, providers: [{ provide: 'HOST', useValue: 'h' }], exports: ['HOST'] };
    const client = Client.forRootAsync({
      imports: [config],
      inject: ['HOST', { token: 'PORT', optional: true }] as never[],
      useFactory: async (host: string, port?: number) => `${host}:${port ?? 80}`,
    });
    expect((await build(rootOf({ imports: [client] }))).get('URL')).toBe('h:80');
  });

  test('lets modules import and pass on each other through forwardRef', async () => {
    @Module({
      imports: [forwardRef(() => RightModule)],
      providers: [Database, { provide: 'LEFT', useFactory: (right: string) => `${right}!`, inject: ['RIGHT'] }],
      exports: [Database, 'LEFT', forwardRef(() => RightModule)],
    })
    class LeftModule {}
    @Module({
      imports: [forwardRef(() => LeftModule)],
      providers: [{ provide: 'RIGHT', useValue: 'r' }],
      exports: ['RIGHT', LeftModule],
    })
    class RightModule {}
    const container = await build(rootOf({ imports: [RightModule], providers: [Orders] }));
    expect(container.get('LEFT')).toBe('r!');
    expect(container.get(Orders).database).toBe(container.get(Database));
    const seen = planModules(rootOf({ imports: [LeftModule] })).root;
    expect(nameOf(seen.find('RIGHT')!)).toBe('"RIGHT"');
  });

  test('is planned from metadata alone: nothing is constructed, promises and lazy imports are noted', () => {
    const constructed = jest.fn();
    @Injectable()
    class Eager {
      constructor(@Inject('FROM PROMISE') _value: string) {
        constructed();
      }
    }
    const reports = lazy('reports', () => DataModule);
    const plan = planModules(
      rootOf({ imports: [Promise.resolve({ module: DataModule }), reports], providers: [Eager] }),
    );
    expect(plan.root.unresolved).toHaveLength(1);
    expect(plan.root.lazyModules).toEqual([reports]);
    expect(plan.order.map(labelOf)).toEqual(['Eager in Root', 'Root in Root']);
    expect(constructed).not.toHaveBeenCalled();
  });

  test('plans and runs a line of 3000 modules whose providers each need the one before', async () => {
    let last: DynamicShape = { module: class First {}, providers: [{ provide: 'n0', useValue: 0 }], exports: ['n0'] };
    for (let index = 1; index <= 3000; index++) {
      const provider = { provide: `n${index}`, useFactory: (before: number) => before + 1, inject: [`n${index - 1}`] };
      last = { module: class Link {}, imports: [last], providers: [provider], exports: [`n${index}`] };
    }
    expect((await build(last)).get('n3000')).toBe(3000);
  });

  test('plans a root that imports 1000 modules, and a chain that passes everything on', async () => {
    const leaves = Array.from({ length: 1000 }, (_, index) => ({
      module: class Leaf {},
      providers: [{ provide: `leaf${index}`, useValue: index }],
      exports: [`leaf${index}`],
    }));
    const sum = {
      provide: 'sum',
      useFactory: (...all: number[]) => all.length,
      inject: leaves.map((_, index) => `leaf${index}`),
    };
    let chain: DynamicShape = rootOf({ providers: [sum], imports: leaves, exports: ['sum'] });
    for (let index = 0; index < 200; index++)
      chain = { module: class Chain {}, imports: [chain], exports: [chain.module] };
    expect((await build(chain)).get('sum')).toBe(1000);
  });
});
