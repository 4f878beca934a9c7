import { BootstrapError } from '../errors/bootstrap-error.js';
import { aList, anObject, checkOptions } from '../errors/check-options.js';
import { ownClassMetadata } from '../metadata/class-metadata.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import { brand } from '../shared/brand.js';
import type { DynamicModule, ModuleMetadata } from '../shared/module.js';
import type { FactoryDependency, FactoryProvider } from '../shared/provider.js';
import { InjectionToken } from '../shared/token.js';
import type { MaybePromise } from '../shared/types.js';
import { awsClientConfig } from './aws-client-config.js';
import { ASYNC_RULES } from './store-module.js';

/** What a client of the AWS SDK for JavaScript v3 is to us: the SDK itself is not imported. */
export interface AwsClient {
  destroy(): void;
}

/** A client's class. The SDK types its one parameter as a tuple, which no rest of `never[]` fits. */
export type AwsClientClass = new (config: never) => AwsClient;

/** Options for every client of one `AwsModule`, such as `region`; they win over the defaults. */
export type AwsModuleConfig = Readonly<Record<string, unknown>>;

/** What `AwsModule.forRoot` takes. */
export interface AwsModuleOptions {
  /** Classes of clients, which are their own tokens. */
  readonly clients: readonly AwsClientClass[];
  readonly config?: AwsModuleConfig;
}

/** What `AwsModule.forRootAsync` takes. */
export interface AwsModuleAsyncOptions {
  readonly clients: readonly AwsClientClass[];
  /** Modules whose exports `inject` names. */
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: readonly FactoryDependency[];
  /** Makes the options for every client out of what `inject` names. */
  readonly useFactory: (...dependencies: never[]) => MaybePromise<AwsModuleConfig>;
}

/**
 * Makes clients of the AWS SDK for JavaScript v3 injectable everywhere, with the defaults of {@link awsClientConfig},
 * one instance a class; `app.close()` destroys them.
 */
export class AwsModule {
  /**
   * @throws BootstrapError when something in `clients` is no class.
   */
  static forRoot(options: AwsModuleOptions): DynamicModule {
    checkOptions(options, { clients: aList, config: anObject }, 'the options of AwsModule');
    const { clients, config = {} } = options;
    return AwsModule.forRootAsync({ clients, useFactory: () => config });
  }

  /**
   * As {@link AwsModule.forRoot}, for options that have to be fetched or depend on other providers.
   *
   * @throws BootstrapError when something in `clients` is no class.
   */
  static forRootAsync(options: AwsModuleAsyncOptions): DynamicModule {
    checkOptions(options, { clients: aList, ...ASYNC_RULES }, 'the options of AwsModule');
    const { clients, imports = [], inject = [], useFactory } = options;
    checkClients(clients);
    const config = new InjectionToken<AwsModuleConfig>('AwsModule options');
    return {
      module: AwsModule,
      global: true,
      imports,
      providers: [{ provide: config, inject, useFactory }, ...clients.map((client) => clientProvider(client, config))],
      exports: clients,
    };
  }
}
brand(AwsModule, 'AwsModule');
ownClassMetadata(AwsModule).module = {};

function clientProvider(client: AwsClientClass, config: InjectionToken<AwsModuleConfig>): FactoryProvider<AwsClient> {
  return {
    provide: client,
    inject: [config, { token: SETTINGS, optional: true }],
    useFactory: (given: AwsModuleConfig, settings?: Settings) =>
      Reflect.construct(client, [awsClientConfig(given, settings)]) as AwsClient,
    dispose: (instance) => instance.destroy(),
  };
}

function checkClients(clients: readonly unknown[] = []): void {
  if (clients.length === 0) {
    throw new BootstrapError('AwsModule needs the option clients: the classes of clients, as in clients: [S3Client].');
  }
  const index = clients.findIndex((client) => typeof client !== 'function');
  if (index === -1) return;
  throw new BootstrapError(
    `AwsModule: clients[${index}] is ${String(clients[index])}; write the client's class, as in clients: [S3Client]. ` +
      'If you did, its file is part of an import circle and was not evaluated yet.',
  );
}
