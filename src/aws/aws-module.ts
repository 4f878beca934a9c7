import { type AsyncOptions, providedOptions } from '../contracts/async-options.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { aList, anObject, checkOptions } from '../errors/check-options.js';
import { builtInMetadata } from '../metadata/class-metadata.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import type { FactoryProvider } from '../shared/provider.js';
import type { InjectionToken } from '../shared/token.js';
import { type AwsClient, awsClientConfig, type AwsModuleConfig, checkClientClasses } from './aws-client-config.js';

/** The class of a client. The SDK types its parameter as a tuple, which doesn't match a rest parameter of `never[]`. */
export type AwsClientClass = new (config: never) => AwsClient;

/** Options of `AwsModule.forRoot`. */
export interface AwsModuleOptions {
  /** The classes of the clients, which are also their tokens. */
  readonly clients: readonly AwsClientClass[];
  /** Options for every client. */
  readonly config?: AwsModuleConfig;
}

/** Options of `AwsModule.forRootAsync`. `useFactory` returns the options for every client. */
export interface AwsModuleAsyncOptions extends AsyncOptions<AwsModuleConfig> {
  /** The classes of the clients, which are also their tokens. */
  readonly clients: readonly AwsClientClass[];
}

/**
 * Makes clients of the AWS SDK for JavaScript v3 injectable in every module, with the defaults of
 * {@link awsClientConfig}. There is one instance of each class, which `app.close()` destroys.
 */
export class AwsModule {
  /** @throws BootstrapError when an item of `clients` is not a class. */
  static forRoot(options: AwsModuleOptions): DynamicModule {
    checkOptions(options, { clients: aList, config: anObject }, 'the options of AwsModule');
    const { clients, config = {} } = options;
    return AwsModule.forRootAsync({ clients, useFactory: () => config });
  }

  /**
   * Like {@link AwsModule.forRoot}, for options that must be fetched or depend on other providers.
   *
   * @throws BootstrapError when an item of `clients` is not a class.
   */
  static forRootAsync(options: AwsModuleAsyncOptions): DynamicModule {
    const { token, imports, provider } = providedOptions(AwsModule, options, { clients: aList });
    const { clients } = options;
    if (!clients?.length)
      throw new BootstrapError('AwsModule needs the option clients, a list of client classes such as [S3Client].');
    checkClientClasses(clients, 'AwsModule');
    return {
      module: AwsModule,
      global: true,
      imports,
      providers: [provider, ...clients.map((client) => clientProvider(client, token))],
      exports: clients,
    };
  }
}
brand(AwsModule, 'AwsModule');
builtInMetadata(AwsModule).module = {};

function clientProvider(client: AwsClientClass, config: InjectionToken<AwsModuleConfig>): FactoryProvider<AwsClient> {
  return {
    provide: client,
    inject: [config, { token: SETTINGS, optional: true }],
    useFactory: (given: AwsModuleConfig, settings?: Settings) =>
      Reflect.construct(client, [awsClientConfig(given, settings)]) as AwsClient,
    dispose: (instance) => instance.destroy(),
  };
}
