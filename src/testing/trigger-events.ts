import { sampleAppSync } from '../events/predicates/sample-appsync.js';
import { sampleCloudWatchLogs } from '../events/predicates/sample-cloudwatch-logs.js';
import { sampleCognito } from '../events/predicates/sample-cognito.js';
import { sampleCustomResource } from '../events/predicates/sample-custom-resource.js';
import { sampleIotAuthorizer } from '../events/predicates/sample-iot-authorizer.js';
import { sampleSes } from '../events/predicates/sample-ses.js';

/** Builds the events that the ready-made predicates of `@OnEvent` take. */
export const triggerEvents = {
  /** A trigger of a Cognito user pool: `events.cognito('PreSignUp', { userName: 'ada' })`. */
  cognito: sampleCognito,

  /** A question to a direct resolver of AppSync: `events.appSync('Query', 'order', { arguments: { id: 'o1' } })`. */
  appSync: sampleAppSync,

  /** Lines of a log group, packed as its subscription delivers them: `events.cloudWatchLogs('/aws/lambda/orders', ['A line'])`. */
  cloudWatchLogs: sampleCloudWatchLogs,

  /** A mail that SES received. */
  ses: sampleSes,

  /** A custom resource of CloudFormation: `events.customResource('Create', { properties: { Name: 'orders' } })`. */
  customResource: sampleCustomResource,

  /** The question of AWS IoT Core to a custom authorizer. */
  iotAuthorizer: sampleIotAuthorizer,
};
