export { ConfigModule } from './config-module.js';
export type { DurationUnit } from './duration.js';
export { Env, type EnvOptions } from './env-decorator.js';
export { Duration, Json } from './format-decorators.js';
export { FromParameter, type FromParameterOptions } from './from-parameter.js';
export { FromSecret, type FromSecretOptions } from './from-secret.js';
export { type ConfigSources, SchemaConfig, type SchemaOutput } from './schema-config.js';
