import { randomUUID } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** A custom resource, as far as it matters. */
export interface CustomResourceSample {
  /** What the template gives the resource. CloudFormation hands numbers and booleans over as text. */
  properties?: Record<string, unknown>;
  /** What it gave it before; of an update alone. */
  oldProperties?: Record<string, unknown>;
  /** Of an update or a deletion; `resource-1` unless given. */
  physicalResourceId?: string;
  /** Where the answer is put; nobody listens at it unless given. */
  responseUrl?: string;
}

/** The event of CloudFormation about a custom resource. */
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
