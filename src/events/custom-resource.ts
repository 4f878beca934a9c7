import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import type { RecordAdapter } from '../contracts/event-adapter.js';
import type { MaybePromise } from '../shared/types.js';
import { isCustomResource } from './custom-resource/is-custom-resource.js';
import { currentResponder, responderFor } from './custom-resource/responder.js';
import { type CustomResourceResult, failed, succeeded } from './custom-resource/response.js';
import { directInvocation, wholeEvent } from './direct-invocation.js';
import { soleResult } from './outcomes.js';
import { malformed } from './reading/malformed-event.js';

/** Custom resources of CloudFormation, which waits for an answer at its URL: `CustomResourceResponder` sends it. */
export const customResource: RecordAdapter<CloudFormationCustomResourceEvent> = {
  ...directInvocation,
  detect: isCustomResource,
  decode: (event) => wholeEvent(event, MAY_LACK),
  encode: (outcomes) => {
    const responder = currentResponder();
    if (responder) responder.returned = soleResult(outcomes);
    return soleResult(outcomes);
  },
};

/** What only updates have, and what nothing has that is still to be made. */
const MAY_LACK = ['OldResourceProperties', 'PhysicalResourceId'];

/**
 * Does the work and answers CloudFormation: with its result, or with FAILED and the error. Only for work of which
 * something follows the answer: what a method of `@OnEvent` returns is sent without it.
 *
 * @returns The answer that was sent. An error of the work is in its `Reason` and is not thrown: Lambda would try the
 *   invocation again, after CloudFormation has gone on.
 * @throws Error when the answer can't be delivered, so that Lambda tries the invocation again; when there was an answer
 *   before; and when the event's `ResponseURL` is none of CloudFormation's.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export async function respondToCustomResource(
  event: CloudFormationCustomResourceEvent,
  work: () => MaybePromise<CustomResourceResult | undefined | void>,
): Promise<CloudFormationCustomResourceResponse> {
  const responder = responderFor(event);
  if (!responder.url) throw malformed('ResponseURL', event.ResponseURL, "a URL of one of CloudFormation's buckets");
  responder.checkOpen();
  try {
    return await responder.send(succeeded(event, await work()));
  } catch (error) {
    if (responder.sending) throw error;
    return responder.send(failed(event, error));
  }
}

/**
 * Leaves the answer to somebody else, as to a state machine that is handed the event and calls
 * `respondToCustomResource` at its end. The method's result is not sent then; what it throws still is, as FAILED.
 */
export function deferCustomResource(event: CloudFormationCustomResourceEvent): void {
  responderFor(event).deferred = true;
}
