import { randomUUID } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** The parts of a custom resource's event that matter to tests. */
export interface CustomResourceSample {
  /** The resource's properties in the template. CloudFormation sends numbers and booleans as text. */
  properties?: Record<string, unknown>;
  /** The properties before an update. */
  oldProperties?: Record<string, unknown>;
  /** For an update or a deletion. Default: `resource-1`. */
  physicalResourceId?: string;
  /** The URL that takes the response. Default: one at which nothing listens. */
  responseUrl?: string;
}

/** Builds CloudFormation's event for a custom resource. */
export function sampleCustomResource<T extends CloudFormationCustomResourceEvent['RequestType'] = 'Create'>(
  requestType: T = 'Create' as T,
  sample: CustomResourceSample = {},
): Extract<CloudFormationCustomResourceEvent, { RequestType: T }> {
  const {
    responseUrl = 'http://127.0.0.1:9/response',
    physicalResourceId = 'resource-1',
    properties,
    oldProperties,
  } = sample;
  const ServiceToken = 'arn:aws:lambda:eu-central-1:123456789012:function:test';
  return {
    RequestType: requestType,
    ServiceToken,
    ResponseURL: responseUrl,
    StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/test/5b918d10-cd98-11ea-90d5-0a9cd3354c10',
    RequestId: randomUUID(),
    ResourceType: 'Custom::Resource',
    LogicalResourceId: 'Resource',
    ...(requestType !== 'Create' && { PhysicalResourceId: physicalResourceId }),
    ResourceProperties: { ServiceToken, ...properties },
    ...(requestType === 'Update' && { OldResourceProperties: { ServiceToken, ...oldProperties } }),
  } as unknown as Extract<CloudFormationCustomResourceEvent, { RequestType: T }>;
}
