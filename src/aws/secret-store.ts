import { brand } from '../shared/brand.js';
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
