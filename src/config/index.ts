export {
  Duration,
  Env,
  type EnvOptions,
  FromParameter,
  type FromParameterOptions,
  FromSecret,
  type FromSecretOptions,
  Json,
} from './config-decorators.js';
export { ConfigModule } from './config-module.js';
export type { DurationUnit } from './duration.js';
export { type ConfigSources, SchemaConfig, type SchemaOutput } from './schema-config.js';
