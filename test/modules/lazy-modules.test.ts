import { APP_GUARD } from '../../src/contracts/app-tokens.js';
import { OnEvent, OnSchedule, OnSqs } from '../../src/decorators/consumers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { Controller } from '../../src/decorators/routes.js';
import { INQUIRER } from '../../src/modules/inquirer.js';
import { type DynamicModule, lazy } from '../../src/shared/module.js';
import { Scope } from '../../src/shared/provider.js';
import { build, rootOf } from './build-container.js';

@Injectable()
class Database {}

@Module({ providers: [Database], exports: [Database] })
class DataModule {}

@Injectable()
class Reports {
  readonly started: string[] = [];
  constructor(
    readonly database: Database,
    @Inject('URL') readonly url: string,
  ) {}
  onModuleInit(): void {
    this.started.push('init');
  }
  onApplicationBootstrap(): void {
    this.started.push('bootstrap');
  }
}

@Controller('reports')
class ReportsController {
  constructor(readonly reports: Reports) {}
}

@Module({ providers: [{ provide: 'SHARED', useFactory: () => ({}) }], exports: ['SHARED'] })
class SharedModule {}

@Module({
  imports: [DataModule, SharedModule],
  providers: [Reports],
  controllers: [ReportsController],
  exports: [Reports],
})
class ReportsModule {}

@Global()
@Module({ providers: [{ provide: 'URL', useValue: 'db://' }], exports: ['URL'] })
class UrlModule {}

const root = rootOf({ imports: [DataModule, UrlModule, lazy('reports', () => ReportsModule)] });

describe('a lazy module', () => {
  test('is loaded on top of the application: shares its modules, makes its own, runs their start hooks', async () => {
    const container = await build(root);
    await container.init();
    expect(container.controllers()).toEqual([]);
    const [reference] = container.root.lazyModules;
    const loaded = await container.load(reference!);
    expect(loaded.map(({ name }) => name)).toEqual(['SharedModule', 'ReportsModule']);
    expect(container.modules.map(({ name }) => name)).toEqual([
      'DataModule',
      'UrlModule',
      'Root',
      'SharedModule',
      'ReportsModule',
    ]);
    const [controller] = container.controllers(loaded);
    const { reports } = (controller!.provided as unknown as { instance: ReportsController }).instance;
    expect([reports.database, reports.url, reports.started]).toEqual([
      container.get(Database),
      'db://',
      ['init', 'bootstrap'],
    ]);
    expect(container.root.find(Reports)).toBeUndefined();
    // Once more it is the same, for another place.
    expect(await container.load(reference!)).toEqual(loaded);
  });

  test('shares what another one has loaded, also when both are loaded at the same time', async () => {
    const container = await build(root);
    const other = {
      module: class Other {},
      imports: [SharedModule],
      providers: [{ provide: 'mine', useExisting: 'SHARED' }],
    };
    const [first, second] = await Promise.all([container.load(ReportsModule), container.load(other)]);
    expect([first, second].map((loaded) => loaded.map(({ name }) => name))).toEqual([
      ['SharedModule', 'ReportsModule'],
      ['SharedModule', 'Other'],
    ]);
    expect(container.modules.filter(({ name }) => name === 'SharedModule')).toHaveLength(1);
    expect(container.get('mine')).toBe(container.get('SHARED'));
  });

  test('gets all that a shared module has, whichever brought it', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Named {
      constructor(@Inject(INQUIRER) readonly by: object) {}
    }
    const shared = {
      module: class Shared {},
      global: true,
      providers: [Named, ...[1, 2].map((useValue) => ({ provide: 'LIST', useValue, multi: true }))],
      exports: [Named, 'LIST'],
    };
    const user = (name: string) => {
      @Injectable()
      class User {
        constructor(
          @Inject('LIST') readonly list: number[],
          readonly named: Named,
        ) {}
      }
      const inner = { module: class Inner {}, providers: [{ provide: name, useClass: User }], exports: [name] };
      return { module: class Outer {}, imports: [shared, inner] };
    };
    const container = await build(root);
    for (const name of ['a', 'b']) {
      await container.load(user(name));
      const { list, named } = container.get<{ list: number[]; named: Named }>(name);
      expect(list).toEqual([1, 2]);
      expect(named.by.constructor.name).toBe('User');
    }
  });

  test('has its end hooks called, however many are the first that are loaded', async () => {
    const container = await build(root);
    const ended: string[] = [];
    const lazyModule = (name: string) => ({
      module: class Lazy {},
      providers: [{ provide: name, useValue: { onModuleDestroy: () => void ended.push(name) } }],
    });
    await Promise.all(['a', 'b', 'c'].map((name) => container.load(lazyModule(name))));
    await container.close();
    expect(ended.toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('sees its own globals, the rest of the application does not', async () => {
    const container = await build(root);
    const local = {
      module: class Local {},
      global: true,
      providers: [{ provide: 'LOCAL', useValue: 1 }],
      exports: ['LOCAL'],
    };
    await container.load({
      module: class Lazy {},
      imports: [local],
      providers: [{ provide: 'a', useExisting: 'LOCAL' }],
    });
    expect(container.get('a')).toBe(1);
    expect(container.root.find('LOCAL')).toBeUndefined();
    const second = { module: class Second {}, providers: [{ provide: 'b', useExisting: 'LOCAL' }] };
    await expect(container.load(second)).rejects.toThrow('"b" in Second needs "LOCAL"');
  });

  test('that fails leaves the application as it was, and can be loaded later', async () => {
    const container = await build(root);
    const dispose = jest.fn();
    let broken = true;
    const flaky = {
      provide: 'flaky',
      useFactory: () => ({
        onModuleInit: () => {
          if (broken) throw new Error('not yet');
        },
      }),
      dispose,
    };
    const module = { module: class Flaky {}, imports: [DataModule], providers: [flaky] };
    await expect(container.load(module)).rejects.toThrow('not yet (in onModuleInit of "flaky" in Flaky)');
    expect(dispose).toHaveBeenCalledTimes(1);
    expect(container.modules).toHaveLength(3);
    expect(() => container.get('flaky')).toThrow('No module provides "flaky"');
    broken = false;
    expect(await container.load(module)).toHaveLength(1);
    await container.close();
    expect(dispose).toHaveBeenCalledTimes(2);
    await expect(container.load(ReportsModule)).rejects.toThrow('closing');
  });

  test.each([
    [Reports, 'Reports, which is not a module: add @Module() to it'],
    [undefined, 'undefined: its function must return what the file exports.'],
    [{ [Symbol.toStringTag]: 'Module', Reports }, 'all that a file exports: take its module, as in .then('],
  ])('that is no module is called what it is', async (given, message) => {
    const container = await build(rootOf({ imports: [lazy('reports', () => given as never)] }));
    await expect(container.load(container.root.lazyModules[0]!)).rejects.toThrow(`What lazy() loads is ${message}`);
  });

  test('may not provide what concerns the whole application', async () => {
    const container = await build(root);
    const guarded = { module: class Guarded {}, providers: [{ provide: APP_GUARD, useValue: {} as never }] };
    await expect(container.load(guarded)).rejects.toThrow(
      'Guarded is loaded lazily and provides InjectionToken(APP_GUARD), which applies to the whole application',
    );
  });

  describe('may not consume events, which never load it', () => {
    class JobsModule {}
    class LazyModule {}
    class Jobs {
      @OnSqs('jobs') run() {}
      @OnSchedule('nightly') @OnEvent(() => true) clean() {}
    }
    const jobs: DynamicModule = { module: JobsModule, providers: [Jobs] };
    const advice =
      'JobsModule is loaded lazily, with the first request for it, so Jobs.run and Jobs.clean would get no events: ' +
      'import JobsModule directly, or move Jobs to a module that is loaded at the start.';
    test.each([
      ['as a provider', jobs],
      ['under a token', { module: JobsModule, providers: [{ provide: 'jobs', useClass: Jobs }] }],
      ['as one of several', { module: JobsModule, providers: [{ provide: 'jobs', useClass: Jobs, multi: true }] }],
      ['in a module that it imports', { module: LazyModule, imports: [jobs] }],
    ])('%s', async (_, module) => {
      const container = await build(root);
      await expect(container.load(module)).rejects.toThrow(advice);
    });

    test('as a controller', async () => {
      @Controller()
      class Both extends Jobs {}
      const container = await build(root);
      await expect(container.load({ module: JobsModule, controllers: [Both] })).rejects.toThrow('Both.run');
    });

    test('but in a module that runs they get them', async () => {
      const container = await build(rootOf({ imports: [jobs] }));
      await expect(container.load({ module: LazyModule, imports: [jobs] })).resolves.toHaveLength(1);
    });
  });
});
