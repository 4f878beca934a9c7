import type { AsyncOptions } from '../../contracts/async-options.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText } from '../../errors/check-options.js';
import { missingPeers } from '../../errors/missing-peers.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { openClient } from '../aws-client-config.js';
import { storeModule } from '../store-module.js';
import { valueDecorator } from './value-decorator.js';
import { checkValueOptions, type ValueModuleOptions, ValueStore } from './value-store.js';

/** Reads AppConfig configurations by the name of their profile. `AppConfigModule` provides it. */
export class AppConfigStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'configuration profile',
    place: 'AppConfig, or has no deployment',
    actions: 'appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration on it',
  };
}
brand(AppConfigStore, 'AppConfigStore');

/** Options of `AppConfigModule.forRoot`. */
export interface AppConfigOptions extends ValueModuleOptions {
  /** The name or id of the application. */
  readonly application: string;
  /** The name or id of the environment. */
  readonly environment: string;
}

/** Provides `@AppConfig` and {@link AppConfigStore}, which read deployed AppConfig configurations with Powertools. */
export class AppConfigModule {
  static forRoot(options: AppConfigOptions): DynamicModule {
    return AppConfigModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link AppConfigModule.forRoot}, for options that depend on other providers, such as a client. */
  static forRootAsync(options: AsyncOptions<AppConfigOptions>): DynamicModule {
    return storeModule({ module: AppConfigModule, store: AppConfigStore, open: openAppConfigStore }, options);
  }
}
brand(AppConfigModule, 'AppConfigModule');
builtInMetadata(AppConfigModule).module = {};

/**
 * Injects the configuration of a profile that is deployed at bootstrap:
 * `constructor(@AppConfig('flags', { transform: 'json' }) private readonly flags: Flags)`.
 */
export const AppConfig = valueDecorator({ decorator: 'AppConfig', module: 'AppConfigModule', store: AppConfigStore });

async function openAppConfigStore(options: AppConfigOptions, settings?: Settings): Promise<AppConfigStore> {
  checkValueOptions(options, { application: anyText, environment: anyText }, 'AppConfigModule');
  const { application, environment, maxAge } = options;
  if (!application || !environment)
    throw new BootstrapError('AppConfigModule needs the options application and environment');
  const missing = missingPeers('AppConfigModule', '@aws-lambda-powertools/parameters @aws-sdk/client-appconfigdata');
  const [{ AppConfigProvider }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/parameters/appconfig').catch(missing),
    import('@aws-sdk/client-appconfigdata').catch(missing),
  ]);
  const { client, close } = openClient(sdk.AppConfigDataClient, options, settings);
  const source = new AppConfigProvider({ application, environment, awsSdkV3Client: client });
  return new AppConfigStore({ source, maxAge, close });
}
