import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ownClassMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { awsClientConfig } from '../aws-client-config.js';
import { missingPeers } from '../missing-peers.js';
import { type AsyncOptions, storeModule } from '../store-module.js';
import { checkValueOptions, valueDecorator, type ValueModuleOptions } from './value-module.js';
import { ValueStore } from './value-store.js';

/** Secrets of Secrets Manager. Injectable wherever `SecretsModule` is imported. */
export class SecretStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'secret',
    place: 'Secrets Manager',
    actions: 'secretsmanager:GetSecretValue on it, and kms:Decrypt where a key of your own encrypts it',
  };
}
brand(SecretStore, 'SecretStore');

/** Brings `@Secret` and {@link SecretStore}: Secrets Manager, through Powertools. */
export class SecretsModule {
  static forRoot(options: ValueModuleOptions = {}): DynamicModule {
    return SecretsModule.forRootAsync({ useFactory: () => options });
  }

  /** As {@link SecretsModule.forRoot}, for options that depend on other providers, such as a client of `AwsModule`. */
  static forRootAsync(options: AsyncOptions<ValueModuleOptions>): DynamicModule {
    return storeModule({ module: SecretsModule, store: SecretStore, open: openSecretStore }, options);
  }
}
brand(SecretsModule, 'SecretsModule');
ownClassMetadata(SecretsModule).module = {};

/**
 * Injects a secret's value, fetched at bootstrap:
 * `constructor(@Secret('db', { transform: 'json' }) private readonly db: { user: string; password: string })`.
 */
export const Secret = valueDecorator({ decorator: 'Secret', module: 'SecretsModule', store: SecretStore });

async function openSecretStore(options: ValueModuleOptions, settings?: Settings): Promise<SecretStore> {
  checkValueOptions(options, {}, 'SecretsModule');
  const { client, config, maxAge } = options;
  const missing = missingPeers('SecretsModule', '@aws-lambda-powertools/parameters @aws-sdk/client-secrets-manager');
  const [{ SecretsProvider }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/parameters/secrets').catch(missing),
    import('@aws-sdk/client-secrets-manager').catch(missing),
  ]);
  const own = client ? undefined : new sdk.SecretsManagerClient(awsClientConfig(config, settings));
  const source = new SecretsProvider({ awsSdkV3Client: own ?? (client as SecretsManagerClient) });
  return new SecretStore({ source, maxAge, close: () => own?.destroy() });
}
