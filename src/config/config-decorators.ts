import { openParameterStore, ParameterStore } from '../aws/parameters/parameters-module.js';
import { openSecretStore, SecretStore } from '../aws/parameters/secrets-module.js';
import { checkArguments, checkOptions, flag, oneOf, type OptionRules, text } from '../errors/check-options.js';
import { configDecorator, JSON_FORMAT } from './config-metadata.js';
import { DURATION_UNITS, type DurationUnit } from './duration.js';
import type { RemoteStore } from './remote-values.js';

/** Options of `@Env`. */
export interface EnvOptions {
  /** The name of the variable. By default, it follows from the property's: `databaseUrl` is `DATABASE_URL`. */
  readonly name?: string;
  /** Whether the value is never shown in messages, logs and listings. `false` by default. */
  readonly secret?: boolean;
}

const RULES: OptionRules<EnvOptions> = {
  name: {
    expected: 'the name of a variable, without spaces and =',
    accepts: (value) => typeof value === 'string' && /^[^\s=]+$/.test(value),
  },
  secret: flag,
};

/**
 * Reads a property from an environment variable: `@Env('DB_URL') databaseUrl!: string`.
 *
 * With `@FromParameter` or `@FromSecret` on the same property, the variable takes precedence where it is set.
 *
 * @throws BootstrapError for a name that no variable can have, and for an unknown option.
 */
export function Env(given: string | EnvOptions = {}): PropertyDecorator {
  const options = typeof given === 'string' ? { name: given } : given;
  checkOptions(options, RULES, 'the options of @Env');
  const { name: variable = '', secret: hidden = false } = options;
  return configDecorator('@Env', { variable, hidden });
}

/**
 * Reads a number from a duration such as `500ms`, `30s`, `5m`, `2h` or `1d`, in the unit that you name:
 * `@Duration('seconds') timeout = 30`. A text without a unit is refused.
 *
 * @throws BootstrapError for an unknown unit.
 */
export function Duration(unit: DurationUnit): PropertyDecorator {
  checkArguments({ unit }, { unit: oneOf(...Object.keys(DURATION_UNITS)) }, '@Duration');
  return configDecorator('@Duration', { format: { kind: 'duration', unit } });
}

/** Reads a property from JSON: `@Json() limits!: { requests: number }`. */
export function Json(): PropertyDecorator {
  return configDecorator('@Json', { format: JSON_FORMAT });
}

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
