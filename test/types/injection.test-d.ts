// Compiled by `npm run types`, never run: a line that should be refused and isn't fails the build, and the other way round.
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { CanActivate, PipeTransform } from '../../src/contracts/pipeline.js';
import { Module } from '../../src/decorators/module.js';
import { ConfigurableModuleBuilder } from '../../src/modules/configurable-module-builder.js';
import { DiscoveryService, type InstanceWrapper } from '../../src/modules/discovery-service.js';
import type { ModuleRef } from '../../src/modules/module-ref.js';
import type { DynamicModule } from '../../src/shared/module.js';
import type {
  ClassProvider,
  ExistingProvider,
  FactoryProvider,
  Provider,
  ValueProvider,
} from '../../src/shared/provider.js';
import { forwardRef, InjectionToken, type Ref } from '../../src/shared/token.js';
import type { Constructor } from '../../src/shared/types.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { expectType, type Same } from './expect-type.js';

class Clock {
  now(): number {
    return 0;
  }
}

abstract class Store {
  abstract find(id: string): string;
}

class Repository {
  #cache = new Map<string, string>();
  private readonly table = 'orders';
  find(id: string): string | undefined {
    return this.#cache.get(`${this.table}/${id}`);
  }
  save(id: string): void {
    this.#cache.set(id, id);
  }
}

class FakeRepository {
  find(id: string): string {
    return id;
  }
}

Test.createTestingModule({}).overrideProvider(Repository).useClass(FakeRepository);
Test.createTestingModule({})
  .overrideProvider(Repository)
  .useValue({ find: (id) => id });
Test.createTestingModule({})
  .overrideProvider(Repository)
  .useFactory({ useFactory: async () => new FakeRepository() });
// @ts-expect-error -- nothing of it is in the class
Test.createTestingModule({}).overrideProvider(Repository).useClass(Clock);
Test.createTestingModule({})
  .overrideProvider(Repository)
  // @ts-expect-error -- find gives a string
  .useValue({ find: () => 5 });

class MemoryStore extends Store {
  constructor(readonly clock: Clock) {
    super();
  }
  find(id: string): string {
    return id;
  }
}

class Guarded {
  protected constructor(readonly secret: string) {}
  static create(): Guarded {
    return new Guarded('');
  }
}

const PORT = new InjectionToken<number>('PORT');
const app = LambdaApplication.create(class {});

// Tokens say what is got by them.
expectType<Same<ReturnType<() => typeof port>, number>>();
const port = app.get(PORT);
const clock = app.get(Clock);
expectType<Same<typeof clock, Clock>>();
const store = app.get(Store);
expectType<Same<typeof store, Store>>();
const guarded = app.get(Guarded);
expectType<Same<typeof guarded, Guarded>>();
const byName = app.get('name');
expectType<Same<typeof byName, unknown>>();
const named = app.get<string>('name');
expectType<Same<typeof named, string>>();
const resolved = app.resolve(PORT);
expectType<Same<typeof resolved, Promise<number>>>();
// @ts-expect-error a number is no token
app.get(80);
// @ts-expect-error a token of numbers is none of strings
const wrong: InjectionToken<string> = PORT;

// Providers that say their type are held to it.
export const value: ValueProvider<number> = { provide: PORT, useValue: 80 };
// @ts-expect-error the token is of numbers
export const wrongValue: ValueProvider<number> = { provide: PORT, useValue: '80' };
export const byClass: ClassProvider<Store> = { provide: Store, useClass: MemoryStore };
// @ts-expect-error a clock is no store
export const wrongClass: ClassProvider<Store> = { provide: Store, useClass: Clock };
export const factory: FactoryProvider<number> = {
  provide: PORT,
  useFactory: async (of: Clock) => of.now(),
  inject: [Clock],
};
// @ts-expect-error the factory makes strings
export const wrongFactory: FactoryProvider<number> = { provide: PORT, useFactory: () => '80' };
export const existing: ExistingProvider<Store> = { provide: Store, useExisting: MemoryStore };
// @ts-expect-error a clock is no store
export const wrongExisting: ExistingProvider<Store> = { provide: Store, useExisting: Clock };
export const disposable: FactoryProvider<Clock> = {
  provide: Clock,
  useFactory: () => new Clock(),
  dispose: (instance) => void instance.now(),
};
// @ts-expect-error a provider has one of useClass, useValue, useFactory, useExisting
export const nothing: Provider = { provide: PORT };

// Modules take every kind of provider, and modules of every kind.
const dynamic: DynamicModule = { module: class {}, providers: [value], global: true };
Module({
  imports: [class {}, dynamic, Promise.resolve(dynamic), forwardRef(() => class {})],
  controllers: [Clock],
  providers: [
    Clock,
    MemoryStore,
    value,
    byClass,
    factory,
    existing,
    { provide: 'name', useValue: 'x' },
    { provide: Symbol('s'), useFactory: () => 1 },
  ],
  exports: [Clock, PORT, 'name', dynamic, Store],
});
// @ts-expect-error an instance is no provider
Module({ providers: [new Clock()] });
// @ts-expect-error a misspelt member
Module({ provider: [] });

// A reference that is read later, and its type.
const later = forwardRef(() => Clock);
expectType<Same<typeof later.forwardRef, () => typeof Clock>>();
expectType<Same<Ref<Clock>, Clock>>();
export const constructible: Constructor<Store> = MemoryStore;
// @ts-expect-error an abstract class can not be constructed
export const abstractOne: Constructor<Store> = Store;

// Overrides in tests.
const builder = Test.createTestingModule({ providers: [Clock] });
builder.overrideProvider(Clock).useValue({ now: () => 1 });
// @ts-expect-error The method returns a number.
builder.overrideProvider(Clock).useValue({ now: () => 'noon' });
abstract class Settings {
  abstract readonly stage: string;
  abstract get<V>(key: string): V;
  abstract load<V extends object>(key: string): Promise<V>;
}
builder.overrideProvider(Settings).useValue({ get: () => 'eu', load: async () => ({ url: '' }) });
builder.overrideProvider(Settings).useValue({ get: (key) => key.length });
builder.overrideProvider(Settings).useFactory({ useFactory: () => ({ get: () => 1 }) });
builder.overrideProvider(Settings).useValue({} as Settings);
builder.overrideProvider(Settings).useValue({} as Partial<Settings>);
// @ts-expect-error The property is text.
builder.overrideProvider(Settings).useValue({ stage: 1 });
// @ts-expect-error Nothing has this name.
builder.overrideProvider(Settings).useValue({ fetch: () => 1 });
builder.overrideProvider(Clock).useClass(Clock);
builder.overrideProvider(PORT).useValue(80);
builder.overrideProvider(PORT).useFactory({ useFactory: (of: Clock) => of.now(), inject: [Clock] });
builder.overrideProvider(Store).useClass(MemoryStore);
// @ts-expect-error now() gives a number
builder.overrideProvider(Clock).useValue({ now: () => 'noon' });
// @ts-expect-error the token is of numbers
builder.overrideProvider(PORT).useValue('80');
// @ts-expect-error a clock is no store
builder.overrideProvider(Store).useClass(Clock);
// @ts-expect-error the factory makes strings
builder.overrideProvider(PORT).useFactory({ useFactory: () => '80' });

export { wrong };

class Gate implements CanActivate {
  constructor(readonly gauge: Clock) {}
  async canActivate(): Promise<boolean> {
    return this.gauge.now() > 0;
  }
}
class Shout implements PipeTransform<string, string> {
  transform(text: string): string {
    return text.toUpperCase();
  }
}
// Whatever keeps the contract, however the replaced one does.
builder.overrideGuard(Gate).useValue({ canActivate: () => true });
builder.overridePipe(Shout).useValue({ transform: (text) => text });
builder.overrideModule(class {}).useModule({ module: Clock, providers: [] });
// @ts-expect-error a pipe is no guard
builder.overrideGuard(Shout);
// @ts-expect-error a guard answers yes or no
builder.overrideGuard(Gate).useValue({ canActivate: () => 'yes' });
// @ts-expect-error a clock is no guard
builder.overrideGuard(Gate).useClass(Clock);

const plugins = new InjectionToken<readonly Store[]>('PLUGINS');
export const lists: Provider[] = [
  { provide: plugins, useClass: MemoryStore, multi: true },
  { provide: plugins, useFactory: () => new MemoryStore(new Clock()), multi: true },
  { provide: plugins, useExisting: Store, multi: false },
  // @ts-expect-error -- true or false
  { provide: plugins, useValue: 1, multi: 'yes' },
];

declare const moduleRef: ModuleRef;
expectType<Same<ReturnType<typeof readStore>, Store>>();
function readStore() {
  return moduleRef.get(Store, { strict: false });
}
expectType<Same<ReturnType<typeof createRepository>, Promise<Repository>>>();
function createRepository() {
  return moduleRef.create(Repository);
}
// @ts-expect-error -- an abstract class has no instances
void moduleRef.create(Store);
// @ts-expect-error -- no option of ours
moduleRef.get(Store, { each: true });

const configurable = new ConfigurableModuleBuilder<{ table: string }>()
  .setClassMethodName('forFeature')
  .setFactoryMethodName('tableOptions')
  .setExtras({ isGlobal: true }, (definition, { isGlobal }) => ({ ...definition, global: isGlobal }))
  .build();
class TableModule extends configurable.ConfigurableModuleClass {
  static override forFeature(options: typeof configurable.OPTIONS_TYPE): DynamicModule {
    return super.forFeature(options);
  }
}
TableModule.forFeature({ table: 'orders', isGlobal: false });
expectType<Same<typeof configurable.MODULE_OPTIONS_TOKEN, InjectionToken<{ table: string }>>>();
TableModule.forFeatureAsync({ useFactory: async (time: Clock) => ({ table: String(time.now()) }), inject: [Clock] });
// @ts-expect-error -- an option of another type
TableModule.forFeature({ table: 5 });
// @ts-expect-error -- no such method
TableModule.register({ table: 'orders' });
// @ts-expect-error -- it has no tableOptions()
TableModule.forFeatureAsync({ useClass: Clock });

const Job = DiscoveryService.createDecorator<{ every: string }>();
declare const discovery: DiscoveryService;
const everyOf = (found: InstanceWrapper) => discovery.getMetadataByDecorator(Job, found, 'run');
discovery.getProviders({ metadataKey: Job.KEY }).map(everyOf);
expectType<Same<ReturnType<typeof everyOf>, { every: string } | undefined>>();
// @ts-expect-error -- a value of another type
Job({ every: 5 });
