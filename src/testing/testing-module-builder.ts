import { LambdaApplication } from '../application/lambda-application.js';
import type { ApplicationOptions, Configure } from '../application/options/application-options.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from '../contracts/pipeline.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import type { ModuleMetadata, ModuleReference } from '../shared/module.js';
import type { CustomProvider, FactoryProvider } from '../shared/provider.js';
import type { Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { CapturedLogs } from './captured-logs.js';
import { autoMock, TokenMocks } from './mocks.js';
import { TestingApplication } from './testing-application.js';

/** `Test.createTestingModule({ imports: [AppModule] }).overrideProvider(Database).useValue(fake).compile()` */
export const Test = {
  /**
   * Returns a builder for a module under test. Nothing is constructed before `compile()`.
   *
   * @param metadata The options of `@Module`.
   * @param options The options of `LambdaApplication.create`.
   */
  createTestingModule(metadata: ModuleMetadata, options: ApplicationOptions | Configure = {}): TestingModuleBuilder {
    return new TestingModuleBuilder(metadata, options);
  },
};

/**
 * The members of a provider that a test uses. A method with type parameters may return what the test needs, whatever
 * the caller chooses.
 */
export type Fake<T> = {
  [K in keyof T]?: T[K] extends (...args: infer Arguments) => infer Result ? (...args: Arguments) => Result : T[K];
};

/** The replacement for a provider. */
export interface ProviderOverride<T> {
  /** Replaces the provider with a value, which needs only the members that the test uses. */
  useValue(value: Fake<T>): TestingModuleBuilder;
  /** Replaces the provider with a class, whose dependencies are injected. */
  useClass(type: Constructor<Fake<T>>): TestingModuleBuilder;
  /** Replaces the provider with the result of a function, which may be async. */
  useFactory(factory: Pick<FactoryProvider<Fake<T>>, 'useFactory' | 'inject'>): TestingModuleBuilder;
}

/** The replacement for a module. */
export interface ModuleOverride {
  useModule(module: ModuleReference): TestingModuleBuilder;
}

/**
 * Configures a module under test before its bootstrap.
 *
 * `compile()` refuses an override that replaces nothing. If you override the same thing twice, the last override wins.
 */
export class TestingModuleBuilder {
  readonly #providers = new Map<Token, CustomProvider>();
  readonly #modules = new Map<ModuleReference, ModuleReference>();
  #mocker: ((token: Token) => unknown) | undefined;
  #printing = false;

  constructor(
    private readonly metadata: ModuleMetadata,
    private readonly options: ApplicationOptions | Configure,
  ) {}

  /** Replaces a provider in every module that provides it. */
  overrideProvider<T>(token: Token<T>): ProviderOverride<T> {
    const provide: Token = token;
    const override = (provider: CustomProvider) => {
      this.#providers.set(token, provider);
      return this;
    };
    return {
      useValue: (useValue) => override({ provide, useValue }),
      useClass: (useClass) => override({ provide, useClass }),
      useFactory: (factory) => override({ provide, ...factory }),
    };
  }

  /** Replaces a guard that `@UseGuards`, the options or `APP_GUARD` name by its class. */
  overrideGuard(guard: Token<CanActivate>): ProviderOverride<CanActivate> {
    return this.overrideProvider(guard);
  }

  /** Replaces an interceptor that `@UseInterceptors`, the options or `APP_INTERCEPTOR` name by its class. */
  overrideInterceptor(interceptor: Token<Interceptor>): ProviderOverride<Interceptor> {
    return this.overrideProvider(interceptor);
  }

  /** Replaces a pipe that `@UsePipes`, a parameter, the options or `APP_PIPE` name by its class. */
  overridePipe(pipe: Token<PipeTransform>): ProviderOverride<PipeTransform> {
    return this.overrideProvider(pipe);
  }

  /** Replaces an exception filter that `@UseFilters`, the options or `APP_FILTER` name by its class. */
  overrideFilter(filter: Token<ExceptionFilter>): ProviderOverride<ExceptionFilter> {
    return this.overrideProvider(filter);
  }

  /** Replaces a module wherever it is imported. A class also stands for its dynamic modules. */
  overrideModule(module: ModuleReference): ModuleOverride {
    const useModule = (other: ModuleReference) => {
      this.#modules.set(module, other);
      return this;
    };
    return { useModule };
  }

  /**
   * Replaces dependencies that no module of the test provides: with what the function returns for the token, or with
   * {@link autoMock} of it. Where it returns `undefined`, the dependency is missing as without it.
   */
  useMocker(mocker: (token: Token) => unknown = autoMock): this {
    if (typeof mocker !== 'function')
      throw new TypeError('useMocker takes a function that returns the mock of a token, or nothing.');
    this.#mocker = mocker;
    return this;
  }

  /** Prints log lines where the application would, in addition to keeping them in `app.logs`. */
  printLogs(): this {
    this.#printing = true;
    return this;
  }

  /**
   * Bootstraps the module: constructs its providers and runs its lifecycle hooks.
   *
   * @throws What `create` throws and what the bootstrap fails with, after printing everything logged until then.
   */
  async compile(): Promise<TestingApplication> {
    class TestingModule {}
    ownClassMetadata(TestingModule).module = this.metadata;
    const captured = new CapturedLogs(this.#printing);
    const overrides = {
      providers: new Map(this.#providers),
      modules: new Map(this.#modules),
      mocks: this.#mocker && new TokenMocks(this.#mocker),
    };
    const app = LambdaApplication.createWith(TestingModule, this.options, { overrides, wrapWriter: captured.wrap });
    try {
      return new TestingApplication(await app.ready(), captured);
    } catch (error) {
      captured.printAll();
      throw error;
    }
  }
}
