export { type AwsCheckOptions, dynamoDbCheck, sqsCheck } from './aws-checks.js';
export type { HealthCheck, HealthCheckContext, HealthCheckFunction, HealthChecks } from './health-check.js';
export {
  type HealthEndpointOptions,
  HealthModule,
  type HealthModuleAsyncOptions,
  type HealthModuleOptions,
} from './health-module.js';
export type { HealthReport, PartHealth } from './health-report.js';
export { httpCheck, type HttpCheckOptions } from './http-check.js';
