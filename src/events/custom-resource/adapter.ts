import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { RecordAdapter } from '../../contracts/record-adapter.js';
import { directInvocation, wholeEvent } from '../direct/adapter.js';
import { isCustomResource } from '../predicates/custom-resource.js';
import { soleResult } from '../sole-result.js';
import { currentReply } from './reply.js';

/** Custom resources of CloudFormation, which waits for an answer at its URL: `CustomResourceReply` sends it. */
export const customResource: RecordAdapter<CloudFormationCustomResourceEvent> = {
  ...directInvocation,
  detect: isCustomResource,
  decode: (event) => wholeEvent(event, MAY_LACK),
  encode: (outcomes) => {
    const reply = currentReply();
    if (reply) reply.returned = soleResult(outcomes);
    return soleResult(outcomes);
  },
};

/** What only updates have, and what nothing has that is still to be made. */
const MAY_LACK = ['OldResourceProperties', 'PhysicalResourceId'];
