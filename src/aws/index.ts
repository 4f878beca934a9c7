export { AppConfig, AppConfigModule, type AppConfigOptions, AppConfigStore } from './parameters/app-config-module.js';
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
export { IdempotencyModule, type IdempotencyOptions } from './idempotency/idempotency-module.js';
export { Idempotent, type IdempotentOptions } from './idempotency/idempotent.js';
export { ParameterStore, Parameter, ParametersModule, type ParametersOptions } from './parameters/parameters-module.js';
export { SecretStore, Secret, SecretsModule } from './parameters/secrets-module.js';
export type { AsyncOptions } from './store-module.js';
export type { Transform, GetValueOptions, ValueOptions } from './parameters/value-store.js';
export type { ValueModuleOptions } from './parameters/value-module.js';
