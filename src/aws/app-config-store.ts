import { brand } from '../shared/brand.js';
import { ValueStore } from './value-store.js';

/** Configurations of AppConfig, by the name of their profile. Injectable wherever `AppConfigModule` is imported. */
export class AppConfigStore extends ValueStore {
  protected readonly vocabulary = {
    noun: 'configuration profile',
    place: 'AppConfig, or nothing of it is deployed',
    actions: 'appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration on it',
  };
}
brand(AppConfigStore, 'AppConfigStore');
