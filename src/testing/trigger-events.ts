import type { AppSyncResolverEvent, CloudFormationCustomResourceEvent, IoTCustomAuthorizerEvent, SESEvent } from 'aws-lambda';
import type { CognitoTrigger, CognitoTriggerEvents } from '../events/predicates/cognito-trigger.js';
import { type AppSyncSample, sampleAppSync } from '../events/predicates/sample-appsync.js';
import { sampleCloudWatchLogs } from '../events/predicates/sample-cloudwatch-logs.js';
import { type CognitoSample, sampleCognito } from '../events/predicates/sample-cognito.js';
import { type CustomResourceSample, sampleCustomResource } from '../events/predicates/sample-custom-resource.js';
import { type IotAuthorizerSample, sampleIotAuthorizer } from '../events/predicates/sample-iot-authorizer.js';
import { sampleSes, type SesSample } from '../events/predicates/sample-ses.js';
import { checkedSample } from './check-sample.js';

type RequestType = CloudFormationCustomResourceEvent['RequestType'];
type CustomResourceEvent<T extends RequestType> = Extract<CloudFormationCustomResourceEvent, { RequestType: T }>;

/** Builds the events that the ready-made predicates of `@OnEvent` take. */
export const triggerEvents = {
  /** A trigger of a Cognito user pool: `events.cognito('PreSignUp', { userName: 'ada' })`. */
  cognito: <T extends CognitoTrigger>(trigger: T, sample: CognitoSample<T> = {}): CognitoTriggerEvents[T] =>
    sampleCognito(trigger, checkedSample(sample, ['triggerSource', 'userName', 'request'], 'events.cognito()')),

  /** A question to a direct resolver of AppSync: `events.appSync('Query', 'order', { arguments: { id: 'o1' } })`. */
  appSync: <A = Record<string, unknown>, S = null>(
    type: string,
    field: string,
    sample: AppSyncSample<A, S> = {},
  ): AppSyncResolverEvent<A, S> =>
    sampleAppSync(
      type,
      field,
      checkedSample(sample, ['arguments', 'source', 'identity', 'headers', 'selectionSetList'], 'events.appSync()'),
    ),

  /** Lines of a log group, packed as its subscription delivers them: `events.cloudWatchLogs('/aws/lambda/orders', ['A line'])`. */
  cloudWatchLogs: sampleCloudWatchLogs,

  /** A mail that SES received. */
  ses: (mail: SesSample = {}): SESEvent =>
    sampleSes(checkedSample(mail, ['from', 'to', 'subject', 'headers', 'verdict'], 'events.ses()')),

  /** A custom resource of CloudFormation: `events.customResource('Create', { properties: { Name: 'orders' } })`. */
  customResource: <T extends RequestType = 'Create'>(
    requestType: T = 'Create' as T,
    sample: CustomResourceSample = {},
  ): CustomResourceEvent<T> =>
    sampleCustomResource(
      requestType,
      checkedSample(
        sample,
        ['properties', 'oldProperties', 'physicalResourceId', 'responseUrl'],
        'events.customResource()',
      ),
    ),

  /** The question of AWS IoT Core to a custom authorizer. */
  iotAuthorizer: (device: IotAuthorizerSample = {}): IoTCustomAuthorizerEvent =>
    sampleIotAuthorizer(checkedSample(device, ['token', 'clientId', 'username', 'password'], 'events.iotAuthorizer()')),
};
