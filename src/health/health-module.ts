import { type AsyncOptions, providedOptions } from '../contracts/async-options.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import {
  anObject,
  aRoutePath,
  callable,
  checkOptions,
  either,
  flag,
  listOf,
  numberAbove,
  numberFrom,
  oneOf,
  type OptionRules,
} from '../errors/check-options.js';
import { builtInMetadata } from '../metadata/class-metadata.js';
import { ModuleRef } from '../modules/module-ref.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import { InjectionToken } from '../shared/token.js';
import { type HealthChecks, namedChecks } from './health-check.js';
import { healthController } from './health-controller.js';
import { HealthReporter } from './health-report.js';

/** The routes of an application's health, and their options. */
export interface HealthEndpointOptions {
  /** The path of the route; `/health` by default, `false` for no route. */
  readonly path?: string | false;
  /** Whether a direct invocation with the event `{ "health": true }` gets the report. Default: `true`. */
  readonly invoke?: boolean;
  /** Seconds that each check has. Default: 3. */
  readonly timeout?: number;
  /** Seconds for which results are kept, so that many polls cause few checks; 0 for none. Default: 5. */
  readonly ttl?: number;
  /** Whether the route is in the OpenAPI document. Default: `false`. */
  readonly documented?: boolean;
  /** Whether requests to the route are in the access log. Failed checks are logged in any case. Default: `true`. */
  readonly accessLog?: boolean;
  /** Decorators of the controller, for example one that lets requests past a global guard, or a guard of its own. */
  readonly decorators?: readonly ClassDecorator[];
}

/** Options of `HealthModule.forRoot`. */
export interface HealthModuleOptions extends HealthEndpointOptions {
  /** The checks, by the names that callers see. */
  readonly checks: HealthChecks;
}

/** Options of `HealthModule.forRootAsync`. `useFactory` returns the checks. */
export interface HealthModuleAsyncOptions extends HealthEndpointOptions, AsyncOptions<HealthChecks> {}

const ENDPOINT_RULES: OptionRules<HealthEndpointOptions> = {
  path: either(aRoutePath, oneOf(false)),
  invoke: flag,
  timeout: numberAbove(0, 'seconds'),
  ttl: numberFrom(0, 'seconds'),
  documented: flag,
  accessLog: flag,
  decorators: listOf(callable),
};

/** Reports whether the application and what it needs are healthy: as a route, and for direct invocations. */
export class HealthModule {
  /** @throws BootstrapError for an unknown option, a wrong value, and anything but a check. */
  static forRoot(options: HealthModuleOptions): DynamicModule {
    checkOptions(options, { checks: anObject, ...ENDPOINT_RULES }, 'the options of HealthModule');
    const { checks, ...endpoint } = options;
    if (checks === undefined)
      throw new BootstrapError("HealthModule needs the option checks: { database: dynamoDbCheck('orders') } or {}.");
    namedChecks(checks);
    return HealthModule.forRootAsync({ ...endpoint, useFactory: () => checks });
  }

  /**
   * Like {@link HealthModule.forRoot}, for checks that depend on providers, such as a connection.
   *
   * @throws BootstrapError for an unknown option and a wrong value.
   */
  static forRootAsync(options: HealthModuleAsyncOptions): DynamicModule {
    const { token: checks, imports, provider } = providedOptions(HealthModule, options, ENDPOINT_RULES);
    const { path = '/health', invoke = true, timeout = 3, ttl = 5 } = options;
    const { documented = false, accessLog = true, decorators = [] } = options;
    if (path === false && !invoke)
      throw new BootstrapError('HealthModule has neither a path nor invoke, so nobody could ask for the health.');
    const reporter = new InjectionToken<HealthReporter>('HealthModule reporter');
    return {
      module: HealthModule,
      imports,
      controllers: [healthController({ reporter, path, invoke, documented, accessLog, decorators })],
      providers: [
        provider,
        {
          provide: reporter,
          inject: [checks, ModuleRef, { token: SETTINGS, optional: true }],
          useFactory: (given: HealthChecks, modules: ModuleRef, settings?: Settings) =>
            new HealthReporter(given, { timeout, ttl }, { modules, settings }),
          dispose: (instance: HealthReporter) => instance.close(),
        },
      ],
    };
  }
}
brand(HealthModule, 'HealthModule');
builtInMetadata(HealthModule).module = {};
