import type { LambdaHandler } from '../../application/lambda-application.js';
import { type ApplicationConfig, resolveConfig, type TestSetup } from '../../application/options/application-config.js';
import {
  type ApplicationOptions,
  type Configure,
  givenOptions,
} from '../../application/options/application-options.js';
import { checkApplicationOptions, describeApplication } from '../../application/planner.js';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { decoratedClasses } from '../../metadata/class-registry.js';
import { brand } from '../../shared/brand.js';
import type { ModuleReference } from '../../shared/module.js';
import { describeToken, type Token } from '../../shared/token.js';

/** A call of `LambdaApplication.create`. */
export interface RecordedApplication {
  readonly root: ModuleReference;
  readonly config: ApplicationConfig;
  /** The number of decorated classes at the call. */
  readonly classes: number;
}

export const recordedApplications: RecordedApplication[] = [];

const NOT_BUILT = 'The build creates no providers';

/**
 * Stands in for `LambdaApplication` while the build plans an application: the options are checked and kept, and nothing
 * is created. What a module awaits at its top level is ready at once, except for what needs an initialized application.
 */
export class LambdaApplication {
  static create(root: ModuleReference, given: ApplicationOptions | Configure = {}): LambdaApplication {
    const options = givenOptions(given);
    checkApplicationOptions(options);
    recordedApplications.push({ root, config: resolveConfig(options), classes: decoratedClasses().length });
    return new LambdaApplication();
  }

  static createWith(
    _root: ModuleReference,
    given: ApplicationOptions | Configure,
    setup: TestSetup,
  ): LambdaApplication {
    const options = givenOptions(given);
    checkApplicationOptions(options);
    resolveConfig(options, setup);
    return new LambdaApplication();
  }

  static describe(root: ModuleReference, given: ApplicationOptions | Configure = {}): ApplicationDescription {
    const options = givenOptions(given);
    checkApplicationOptions(options);
    return describeApplication(root, resolveConfig(options));
  }

  readonly handler: LambdaHandler = (_event, _context) => Promise.reject(new Error(NOT_BUILT));

  get streamingHandler(): LambdaHandler {
    return this.handler;
  }

  ready(): Promise<this> {
    return Promise.resolve(this);
  }

  get<T>(token: Token<T>): T {
    throw new Error(`${NOT_BUILT}, so app.get(${describeToken(token)}) has none to return`);
  }

  resolve<T>(_token: Token<T>): Promise<T> {
    return never();
  }

  runAsync<T>(_task: () => Promise<T>): Promise<T> {
    return never();
  }

  enterAsyncContext<T>(_open: () => T | Promise<T>): Promise<T> {
    return never();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
brand(LambdaApplication, 'LambdaApplication');

/** Tasks don't run in a build: they may need what only the deployed function reaches. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
