import { openSecretStore, SecretStore } from '../aws/parameters/secrets-module.js';
import { checkArguments, checkOptions, text } from '../errors/check-options.js';
import { configDecorator } from './config-metadata.js';
import type { RemoteStore } from './remote-values.js';

/** Options of `@FromSecret`. */
export interface FromSecretOptions {
  /**
   * The member of the secret's JSON that holds the value, as in `password`. By default, the value is the whole text.
   */
  readonly key?: string;
}

const SECRETS: RemoteStore = {
  noun: 'secret',
  token: SecretStore,
  open: (settings) => openSecretStore({}, settings),
};

/**
 * Reads a property from a secret of Secrets Manager, whose value is never shown:
 * `@FromSecret('shop/database', { key: 'password' }) databasePassword!: string`.
 *
 * @throws BootstrapError for an empty id, and for an unknown option.
 */
export function FromSecret(id: string, options: FromSecretOptions = {}): PropertyDecorator {
  checkArguments({ id }, { id: text }, '@FromSecret');
  checkOptions(options, { key: text }, 'the options of @FromSecret');
  return configDecorator('@FromSecret', { remote: { store: SECRETS, name: id, key: options.key }, hidden: true });
}
