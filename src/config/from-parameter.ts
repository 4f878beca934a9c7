import { openParameterStore, ParameterStore } from '../aws/parameters/parameters-module.js';
import { checkArguments, checkOptions, flag, text } from '../errors/check-options.js';
import { configDecorator } from './config-metadata.js';
import type { RemoteStore } from './remote-values.js';

/** Options of `@FromParameter`. */
export interface FromParameterOptions {
  /**
   * Whether the value is never shown in messages, logs and listings. `true` by default, because the parameter may be a
   * `SecureString`.
   */
  readonly secret?: boolean;
}

const PARAMETERS: RemoteStore = {
  noun: 'parameter',
  token: ParameterStore,
  open: (settings) => openParameterStore({}, settings),
};

/**
 * Reads a property from a parameter of SSM Parameter Store, decrypted: `@FromParameter('/shop/limit') limit!: number`.
 *
 * @throws BootstrapError for an empty name, and for an unknown option.
 */
export function FromParameter(name: string, options: FromParameterOptions = {}): PropertyDecorator {
  checkArguments({ name }, { name: text }, '@FromParameter');
  checkOptions(options, { secret: flag }, 'the options of @FromParameter');
  return configDecorator('@FromParameter', {
    remote: { store: PARAMETERS, name, key: undefined },
    hidden: options.secret ?? true,
  });
}
