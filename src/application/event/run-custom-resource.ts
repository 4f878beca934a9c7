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
import { timeLeft } from './event-context.js';

/** How an application takes an event, and what it writes to. */
export interface Taking {
  /** Takes the event to its end, the bootstrap before it included. */
  run(context: LambdaContext): Promise<unknown>;
  logger(): Promise<Logger> | Logger;
}

/**
 * Answers CloudFormation, which hears nothing of how an invocation ends: of all that may happen to the event from the
 * bootstrap on, the outcome is put at its URL, once. With the answer out nothing fails any more, for Lambda would try
 * the invocation again and make what CloudFormation no longer waits for.
 *
 * @returns The answer that was sent.
 * @throws Error when the answer can't be delivered, so that Lambda tries again.
 */
export async function runCustomResource(
  event: CloudFormationCustomResourceEvent,
  invocation: LambdaContext,
  taking: Taking,
): Promise<unknown> {
  const responder = new CustomResourceResponder(event, () => timeLeft(invocation));
  if (!responder.url) return takeUnanswered(event, invocation, taking);
  // Without these nobody can be answered, so that nothing is begun.
  idsOf(event);
  if (wasNeverCreated(event)) return responder.send(succeeded(event, undefined));
  const [outcome] = await Promise.allSettled([inTime(responder, invocation, taking)]);
  if (outcome.status === 'rejected') await logFailure(event, outcome.reason, taking);
  // The method has answered by itself; what it throws afterwards undoes nothing.
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
 * Somebody invokes the function and waits for the result, as CDK's provider framework does, or would have us call at a
 * place of their choice.
 */
async function takeUnanswered(
  { ResponseURL: url }: CloudFormationCustomResourceEvent,
  invocation: LambdaContext,
  { run, logger }: Taking,
): Promise<unknown> {
  if (URL.canParse(url)) {
    const { host } = new URL(url);
    (await logger()).warning(
      'The ResponseURL of a custom resource is no bucket of CloudFormation: nobody is answered there',
      { host },
    );
  }
  return run(invocation);
}

/** Ends in time to answer, whatever hangs: a middleware, the bootstrap, the method. */
async function inTime(responder: CustomResourceResponder, invocation: LambdaContext, taking: Taking): Promise<unknown> {
  const reserve = Math.min(ANSWER_TIME, timeLeft(invocation) / 4);
  const deadline = new Deadline(timeLeft(invocation) - reserve);
  return deadline.race(runWithResponder(responder, () => taking.run(earlier(invocation, reserve))));
}

/** Milliseconds of the invocation that are kept for the answer, a quarter of it at the most. */
const ANSWER_TIME = 5000;

/** A copy of the invocation's context, whose end comes earlier. */
function earlier(invocation: LambdaContext, reserve: number): LambdaContext {
  if (typeof invocation.getRemainingTimeInMillis !== 'function') return invocation;
  const value = (): number => timeLeft(invocation) - reserve;
  const members = {
    ...Object.getOwnPropertyDescriptors(invocation),
    getRemainingTimeInMillis: { value, enumerable: true, writable: true, configurable: true },
  };
  return Object.create(Object.getPrototypeOf(invocation) as object, members) as LambdaContext;
}

/** The invocation does not fail, so that nothing but this would tell of what never came to a consumer. */
async function logFailure(
  { LogicalResourceId, RequestType }: CloudFormationCustomResourceEvent,
  error: unknown,
  taking: Taking,
): Promise<void> {
  try {
    const logger = await taking.logger();
    logger.error('A custom resource has failed', {
      resource: LogicalResourceId,
      request_type: RequestType,
      reason: reasonOf(error),
      error,
    });
  } catch (second) {
    // It may be the logger for which the application does not start.
    console.error(error, second);
  }
}
