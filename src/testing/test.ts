import { LambdaApplication } from '../application/lambda-application.js';
import type { ApplicationOptions } from '../application/options.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import type { ModuleMetadata } from '../shared/module.js';
import type { CustomProvider, FactoryProvider } from '../shared/provider.js';
import type { Token } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import { TestingApplication } from './testing-application.js';

/** What a test puts in the place of a provider. */
export interface ProviderOverride<T> {
  useValue(value: Partial<T>): TestingModuleBuilder;
  useClass(type: Constructor<T>): TestingModuleBuilder;
  useFactory(factory: Pick<FactoryProvider<T>, 'useFactory' | 'inject'>): TestingModuleBuilder;
}

/** A module under test that is not bootstrapped yet. */
export class TestingModuleBuilder {
  readonly #overrides = new Map<Token, CustomProvider>();

  constructor(
    private readonly metadata: ModuleMetadata,
    private readonly options: ApplicationOptions,
  ) {}

  /** Puts something else in the place of a provider, wherever a module provides it. */
  overrideProvider<T>(token: Token<T>): ProviderOverride<T> {
    const override = (definition: object) => {
      this.#overrides.set(token, { provide: token, ...definition } as CustomProvider);
      return this;
    };
    return {
      useValue: (useValue) => override({ useValue }),
      useClass: (useClass) => override({ useClass }),
      useFactory: (factory) => override(factory),
    };
  }

  /** Bootstraps the module: providers are constructed, hooks have run. */
  async compile(): Promise<TestingApplication> {
    class TestingModule {}
    ownClassMetadata(TestingModule).module = this.metadata;
    return new TestingApplication(await LambdaApplication.createWith(TestingModule, this.options, this.#overrides).ready());
  }
}

/** `Test.createTestingModule({ imports: [AppModule] }).overrideProvider(Database).useValue(fake).compile()` */
export const Test = {
  /** @param options Those of `LambdaApplication.create`. */
  createTestingModule(metadata: ModuleMetadata, options: ApplicationOptions = {}): TestingModuleBuilder {
    return new TestingModuleBuilder(metadata, options);
  },
};
