import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { isRecord } from '../reading/untyped-values.js';

/** For `@OnEvent`: a custom resource of CloudFormation; `respondToCustomResource` answers it. */
export function isCustomResource(event: unknown): event is CloudFormationCustomResourceEvent {
  if (!isRecord(event) || !REQUEST_TYPES.has(event['RequestType'])) return false;
  return typeof event['ResponseURL'] === 'string' && typeof event['StackId'] === 'string';
}

const REQUEST_TYPES: ReadonlySet<unknown> = new Set(['Create', 'Update', 'Delete']);
