import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import type { RecordAdapter } from '../contracts/event-adapter.js';
import type { MaybePromise } from '../shared/types.js';
import { isCustomResource } from './custom-resource/is-custom-resource.js';
import { currentResponder, responderFor } from './custom-resource/responder.js';
import { type CustomResourceResult, failed, succeeded } from './custom-resource/response.js';
import { directInvocation, wholeEvent } from './direct-invocation.js';
import { malformed } from './reading/malformed-event.js';
import { soleResult } from './results/batch-item-failures.js';

/** CloudFormation custom resources. CloudFormation expects a response at its URL, sent by `CustomResourceResponder`. */
export const customResource: RecordAdapter<CloudFormationCustomResourceEvent> = {
  ...directInvocation,
  detect: isCustomResource,
  decode: (event) => wholeEvent(event, MAY_LACK),
  encode: (outcomes) => {
    const result = soleResult(outcomes);
    const responder = currentResponder();
    if (responder) responder.returned = result;
    return result;
  },
};

/** Only updates have the first, and nothing that is still to be created has the second. */
const MAY_LACK = ['OldResourceProperties', 'PhysicalResourceId'];

/**
 * Does the work and responds to CloudFormation with its result, or with FAILED and its error. Use it only if something
 * has to happen after the response; otherwise return the result from an `@OnEvent` method, and it is sent for you.
 *
 * @returns The response that was sent. An error of the work becomes its `Reason` and is not thrown, because Lambda
 *   would retry the invocation after CloudFormation has moved on.
 * @throws Error if the response cannot be delivered, so that Lambda retries the invocation; if a response was sent
 *   before; or if the event's `ResponseURL` is not one of CloudFormation's.
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
 * Leaves the response to someone else, such as a state machine that gets the event and calls `respondToCustomResource`
 * at its end. The method's result is then not sent; an error it throws still is, as FAILED.
 */
export function deferCustomResource(event: CloudFormationCustomResourceEvent): void {
  responderFor(event).deferred = true;
}
