import { refuseUnknownOptions } from '../errors/check-options.js';
import { SETTING_NAMES, type SettingOverrides } from './settings.js';

/** @throws BootstrapError for an override that is not a setting. */
export function checkSettingNames(overrides: SettingOverrides): void {
  refuseUnknownOptions(overrides, SETTING_NAMES, 'the option settings');
}
