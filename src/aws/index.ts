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
