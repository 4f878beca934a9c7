import { ParametersModule } from '../../src/aws/parameters/parameters-module.js';
import { SecretsModule } from '../../src/aws/parameters/secrets-module.js';
import { ConfigModule } from '../../src/config/config-module.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { createApp } from '../application/create-app.js';
import type { ValueServices } from '../aws/parameters/value-services.js';

/** Replaces the environment for one test. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  jest.replaceProperty(process, 'env', { ...process.env, ...variables });
}

afterEach(() => jest.restoreAllMocks());

/** Bootstraps an application with a configuration, and returns it. */
export async function load<T extends object>(
  type: Constructor<T>,
  variables: Readonly<Record<string, string>> = {},
  imports: ModuleMetadata['imports'] = [],
): Promise<T> {
  setEnvironment(variables);
  const app = createApp({ imports: [ConfigModule.forRoot(type), ...imports] });
  return (await app.ready()).get(type);
}

/** Returns the message that a bootstrap fails with, without what was being created. */
export async function mistakes(loading: Promise<unknown>): Promise<string[]> {
  const error = await loading.then(
    () => new Error('nothing is wrong'),
    (reason: unknown) => reason as Error,
  );
  return error.message
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2));
}

/** The modules for parameters and secrets, with clients for a service of the test. */
export function storeModules({ client }: ValueServices): NonNullable<ModuleMetadata['imports']> {
  return [ParametersModule.forRoot({ config: client }), SecretsModule.forRoot({ config: client })];
}
