import { LambdaApplication } from '../application/lambda-application.js';
import type { ApplicationOptions } from '../application/options/application-options.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import type { ModuleMetadata, ModuleReference } from '../shared/module.js';
import type { CustomProvider, FactoryProvider } from '../shared/provider.js';
import type { Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { CapturedLogs } from './captured-logs.js';
import { TestingApplication } from './testing-application.js';

/** `Test.createTestingModule({ imports: [AppModule] }).overrideProvider(Database).useValue(fake).compile()` */
export const Test = {
  /**
   * Begins a module under test; nothing is constructed before `compile()`.
   *
   * @param metadata What `@Module` takes.
   * @param options Those of `LambdaApplication.create`.
   */
  createTestingModule(metadata: ModuleMetadata, options: ApplicationOptions = {}): TestingModuleBuilder {
    return new TestingModuleBuilder(metadata, options);
  },
};

/** What a test puts in the place of a provider. */
export interface ProviderOverride<T> {
  /** Only the members that the test needs. */
  useValue(value: Partial<T>): TestingModuleBuilder;
  /** A class with the members that the test needs, whose own dependencies are injected. */
  useClass(type: Constructor<Partial<T>>): TestingModuleBuilder;
  /** The same from a function, which may be async. */
  useFactory(factory: Pick<FactoryProvider<Partial<T>>, 'useFactory' | 'inject'>): TestingModuleBuilder;
}

/** What a test puts in the place of a module. */
export interface ModuleOverride {
  useModule(module: ModuleReference): TestingModuleBuilder;
}

/**
 * A module under test that is not bootstrapped yet.
 *
 * An override that takes the place of nothing is an error of `compile()`; of two for one thing the last one counts.
 */
export class TestingModuleBuilder {
  readonly #providers = new Map<Token, CustomProvider>();
  readonly #modules = new Map<ModuleReference, ModuleReference>();
  #printing = false;

  constructor(
    private readonly metadata: ModuleMetadata,
    private readonly options: ApplicationOptions,
  ) {}

  /** Puts something else in the place of a provider, wherever a module provides it. */
  overrideProvider<T>(token: Token<T>): ProviderOverride<T> {
    const override = (definition: object) => {
      this.#providers.set(token, { provide: token, ...definition } as CustomProvider);
      return this;
    };
    return {
      useValue: (useValue) => override({ useValue }),
      useClass: (useClass) => override({ useClass }),
      useFactory: (factory) => override(factory),
    };
  }

  /** The same for a guard, named by its class in `@UseGuards`, in the options or under `APP_GUARD`. */
  overrideGuard(guard: Token<CanActivate>): ProviderOverride<CanActivate> {
    return this.overrideProvider(guard);
  }

  /**
   * The same for an interceptor, named by its class in `@UseInterceptors`, in the options or under `APP_INTERCEPTOR`.
   */
  overrideInterceptor(interceptor: Token<Interceptor>): ProviderOverride<Interceptor> {
    return this.overrideProvider(interceptor);
  }

  /** The same for a pipe, named by its class in `@UsePipes`, by a parameter, in the options or under `APP_PIPE`. */
  overridePipe(pipe: Token<PipeTransform>): ProviderOverride<PipeTransform> {
    return this.overrideProvider(pipe);
  }

  /** The same for a filter, named by its class in `@UseFilters`, in the options or under `APP_FILTER`. */
  overrideFilter(filter: Token<ExceptionFilter>): ProviderOverride<ExceptionFilter> {
    return this.overrideProvider(filter);
  }

  /** Puts another module in the place of one, wherever it is imported; a class stands for its dynamic modules, too. */
  overrideModule(module: ModuleReference): ModuleOverride {
    const useModule = (other: ModuleReference) => {
      this.#modules.set(module, other);
      return this;
    };
    return { useModule };
  }

  /** Has log lines written to where the application writes them, beside keeping them in `app.logs`. */
  printLogs(): this {
    this.#printing = true;
    return this;
  }

  /**
   * Bootstraps the module: providers are constructed, hooks have run.
   *
   * @throws What `create` throws and what a bootstrap fails with, as a rejection; what was logged until then is
   *   printed.
   */
  async compile(): Promise<TestingApplication> {
    class TestingModule {}
    ownClassMetadata(TestingModule).module = this.metadata;
    const captured = new CapturedLogs(this.#printing);
    const overrides = { providers: new Map(this.#providers), modules: new Map(this.#modules) };
    const app = LambdaApplication.createWith(TestingModule, this.options, { overrides, wrapWriter: captured.wrap });
    try {
      return new TestingApplication(await app.ready(), captured);
    } catch (error) {
      captured.giveUp();
      throw error;
    }
  }
}
