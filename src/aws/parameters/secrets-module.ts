import type { AsyncOptions } from '../../contracts/async-options.js';
import { missingPeers } from '../../errors/missing-peers.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { openClient } from '../aws-client-config.js';
import { storeModule } from '../store-module.js';
import { valueDecorator } from './value-decorator.js';
import { checkValueOptions, type ValueModuleOptions, ValueStore } from './value-store.js';

/** Reads secrets of Secrets Manager. `SecretsModule` provides it. */
export class SecretStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'secret',
    place: 'Secrets Manager',
    actions: 'secretsmanager:GetSecretValue on it, and kms:Decrypt if your own key encrypts it',
  };
}
brand(SecretStore, 'SecretStore');

/** Provides `@Secret` and {@link SecretStore}, which read Secrets Manager with Powertools. */
export class SecretsModule {
  static forRoot(options: ValueModuleOptions = {}): DynamicModule {
    return SecretsModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link SecretsModule.forRoot}, for options that depend on other providers, such as a client. */
  static forRootAsync(options: AsyncOptions<ValueModuleOptions>): DynamicModule {
    return storeModule({ module: SecretsModule, store: SecretStore, open: openSecretStore }, options);
  }
}
brand(SecretsModule, 'SecretsModule');
builtInMetadata(SecretsModule).module = {};

/**
 * Injects the value of a secret, fetched during bootstrap:
 * `constructor(@Secret('db', { transform: 'json' }) private readonly db: { user: string; password: string })`.
 */
export const Secret = valueDecorator({ decorator: 'Secret', module: 'SecretsModule', store: SecretStore });

/** Opens a store with a client of its own, unless the options have one. */
export async function openSecretStore(options: ValueModuleOptions, settings?: Settings): Promise<SecretStore> {
  checkValueOptions(options, {}, 'SecretsModule');
  const missing = missingPeers('SecretsModule', '@aws-lambda-powertools/parameters @aws-sdk/client-secrets-manager');
  const [{ SecretsProvider }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/parameters/secrets').catch(missing),
    import('@aws-sdk/client-secrets-manager').catch(missing),
  ]);
  const { client, close } = openClient(sdk.SecretsManagerClient, options, settings);
  const source = new SecretsProvider({ awsSdkV3Client: client });
  return new SecretStore({ source, maxAge: options.maxAge, close });
}
