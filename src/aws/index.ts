export { AppConfig, AppConfigModule, type AppConfigOptions } from './app-config-module.js';
export { AppConfigStore } from './app-config-store.js';
export { awsClientConfig, type AwsClientDefaults } from './aws-client-config.js';
export {
  type AwsClient,
  type AwsClientClass,
  AwsModule,
  type AwsModuleAsyncOptions,
  type AwsModuleConfig,
  type AwsModuleOptions,
} from './aws-module.js';
export { type ConnectionEvent, type ConnectionsClient, connectionsClient } from './connections-client.js';
export { IdempotencyModule, type IdempotencyOptions } from './idempotency-module.js';
export { Idempotent, type IdempotentOptions } from './idempotent.js';
export { ParameterStore } from './parameter-store.js';
export { Parameter, ParametersModule, type ParametersOptions } from './parameters-module.js';
export { SecretStore } from './secret-store.js';
export { Secret, SecretsModule } from './secrets-module.js';
export type { AsyncOptions } from './async-options.js';
export type { Transform } from './transform-value.js';
export type { ValueModuleOptions } from './value-module-options.js';
export type { GetValueOptions, ValueOptions } from './value-store.js';
