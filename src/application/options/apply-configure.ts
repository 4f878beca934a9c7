import { BootstrapError } from '../../errors/bootstrap-error.js';
import { withoutUndefined } from '../../shared/json-values.js';
import type { MaybePromise } from '../../shared/types.js';
import { type ApplicationConfig, withOptions } from './application-config.js';
import { type ConfiguredApplication, type ConfiguredOptions, copiedOptions } from './application-options.js';

/**
 * Adds the options that the option `configure` returns.
 *
 * @param check Throws BootstrapError for a bad option.
 * @throws BootstrapError also for an option that `create` was given, too: one of both would be lost.
 */
export async function applyConfigure(
  config: ApplicationConfig,
  app: ConfiguredApplication,
  check: (options: ConfiguredOptions) => MaybePromise<void>,
): Promise<ApplicationConfig> {
  const { options } = config;
  const returned = await options.configure!({ get: (token) => app.get(token) });
  await check(returned);
  const configured = definedOptions(returned);
  const twice = Object.keys(configured).find((name) => options[name as keyof ConfiguredOptions] !== undefined);
  if (twice === undefined) return withOptions(config, configured);
  throw new BootstrapError(`configure returned the option ${twice}, which is given in the options of create, too.`);
}

/** Leaves out what is `undefined`, as a variable that nothing sets: the option has its default then. */
function definedOptions(options: ConfiguredOptions): ConfiguredOptions {
  return withoutUndefined(copiedOptions(options));
}
