import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { isCustomResource } from '../predicates/custom-resource.js';
import { directInvocation, wholeEvent } from './adapter.js';

/** Custom resources of CloudFormation, which waits for an answer at its URL. */
export const customResource: RecordAdapter<CloudFormationCustomResourceEvent> = {
  ...directInvocation,
  detect: isCustomResource,
  decode: (event) => wholeEvent(event, MAY_LACK),
};

/** What only updates have, and what nothing has that is still to be made. */
const MAY_LACK = ['OldResourceProperties', 'PhysicalResourceId'];
