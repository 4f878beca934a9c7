import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';

/** For `@OnEvent`: matches a CloudFormation custom resource. */
export function isCustomResource(event: unknown): event is CloudFormationCustomResourceEvent {
  if (!isJsonObject(event) || !REQUEST_TYPES.has(event['RequestType'])) return false;
  return typeof event['ResponseURL'] === 'string' && typeof event['StackId'] === 'string';
}

const REQUEST_TYPES: ReadonlySet<unknown> = new Set(['Create', 'Update', 'Delete']);
