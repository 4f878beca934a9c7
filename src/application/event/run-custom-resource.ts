import type { CloudFormationCustomResourceEvent, Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../../contracts/logger.js';
import { CustomResourceResponder, runWithResponder } from '../../events/custom-resource/responder.js';
import {
  failed,
  idsOf,
  neverCreated,
  physicalIdIn,
  reasonOf,
  succeeded,
  wasNeverCreated,
} from '../../events/custom-resource/response.js';
import { Deadline } from '../../pipeline/deadline.js';
import { timeLeft } from '../../shared/time.js';

/** The dispatch of the event, and the application's logger. */
export interface CustomResourceRun {
  /** Waits for the bootstrap and dispatches the event. */
  run(context: LambdaContext): Promise<unknown>;
  logger(): Promise<Logger> | Logger;
}

/**
 * Runs the event of a custom resource and responds to CloudFormation, which doesn't see how an invocation ends: the
 * outcome is put at the event's URL, once, even if the bootstrap fails. After the response nothing fails any more, or
 * Lambda would retry the invocation and create what CloudFormation no longer waits for.
 *
 * @returns The response that was sent.
 * @throws Error if the response can't be sent, so that Lambda retries.
 */
export async function runCustomResource(
  event: CloudFormationCustomResourceEvent,
  invocation: LambdaContext,
  application: CustomResourceRun,
): Promise<unknown> {
  const responder = new CustomResourceResponder(event, () => timeLeft(invocation));
  if (!responder.url) return runWithoutResponder(event, invocation, application);
  // Without the ids no response is possible, so nothing is started.
  idsOf(event);
  if (wasNeverCreated(event)) return responder.send(succeeded(event, undefined));
  const [outcome] = await Promise.allSettled([inTime(responder, invocation, application)]);
  if (outcome.status === 'rejected') await logFailure(event, outcome.reason, application);
  // The method may have responded itself; an error after that changes nothing.
  const sent = await responder.sending;
  if (outcome.status === 'fulfilled')
    return sent || responder.deferred ? outcome.value : responder.send(succeeded(event, outcome.value));
  return (
    sent ??
    responder.send(
      responder.started
        ? failed(event, outcome.reason, physicalIdIn(responder.returned, event))
        : neverCreated(event, outcome.reason),
    )
  );
}

/**
 * Runs an event without a response URL of CloudFormation: the invoker waits for the result, as CDK's provider framework
 * does, or it chose a URL that this function must not call.
 */
async function runWithoutResponder(
  { ResponseURL: url }: CloudFormationCustomResourceEvent,
  invocation: LambdaContext,
  { run, logger }: CustomResourceRun,
): Promise<unknown> {
  if (URL.canParse(url)) {
    const { host } = new URL(url);
    (await logger()).warning(
      'The ResponseURL of a custom resource is not a CloudFormation bucket, so no response is sent there',
      { host },
    );
  }
  return run(invocation);
}

/** Runs the event so that time is left to respond, even if a middleware, the bootstrap or the method hangs. */
async function inTime(
  responder: CustomResourceResponder,
  invocation: LambdaContext,
  application: CustomResourceRun,
): Promise<unknown> {
  const reserve = Math.min(RESPONSE_TIME, timeLeft(invocation) / 4);
  const deadline = new Deadline(timeLeft(invocation) - reserve);
  return deadline.race(runWithResponder(responder, () => application.run(earlier(invocation, reserve))));
}

/** The milliseconds of the invocation that are reserved for the response, a quarter of it at most. */
const RESPONSE_TIME = 5000;

/** Returns a copy of the invocation's context with less remaining time. */
function earlier(invocation: LambdaContext, reserve: number): LambdaContext {
  if (typeof invocation.getRemainingTimeInMillis !== 'function') return invocation;
  const value = (): number => timeLeft(invocation) - reserve;
  const members = {
    ...Object.getOwnPropertyDescriptors(invocation),
    getRemainingTimeInMillis: { value, enumerable: true, writable: true, configurable: true },
  };
  return Object.create(Object.getPrototypeOf(invocation) as object, members) as LambdaContext;
}

/** Logs the error: the invocation succeeds, so nothing else would show it. */
async function logFailure(
  { LogicalResourceId, RequestType }: CloudFormationCustomResourceEvent,
  error: unknown,
  application: CustomResourceRun,
): Promise<void> {
  try {
    const logger = await application.logger();
    logger.error('A custom resource has failed', {
      resource: LogicalResourceId,
      request_type: RequestType,
      reason: reasonOf(error),
      error,
    });
  } catch (second) {
    // The logger itself may be what fails the bootstrap.
    console.error(error, second);
  }
}
