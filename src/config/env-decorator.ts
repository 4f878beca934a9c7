import { checkOptions, flag, type Rules } from '../errors/check-options.js';
import { configDecorator } from './config-metadata.js';

/** Options of `@Env`. */
export interface EnvOptions {
  /** The name of the variable. By default, it follows from the property's: `databaseUrl` is `DATABASE_URL`. */
  readonly name?: string;
  /** Whether the value is never shown in messages, logs and listings. `false` by default. */
  readonly secret?: boolean;
}

const RULES: Rules<EnvOptions> = {
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
