import type { ApplicationOptions } from '../application/options.js';
import type { ModuleMetadata } from '../shared/module.js';
import { TestingModuleBuilder } from './testing-module-builder.js';

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
