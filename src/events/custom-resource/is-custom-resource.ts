import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { isJsonObject } from '../../shared/json-values.js';

/** For `@OnEvent`: a custom resource of CloudFormation; `respondToCustomResource` answers it. */
export function isCustomResource(event: unknown): event is CloudFormationCustomResourceEvent {
  if (!isJsonObject(event) || !REQUEST_TYPES.has(event['RequestType'])) return false;
  return typeof event['ResponseURL'] === 'string' && typeof event['StackId'] === 'string';
}

const REQUEST_TYPES: ReadonlySet<unknown> = new Set(['Create', 'Update', 'Delete']);
