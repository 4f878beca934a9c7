import { atMost } from '../shared/at-most.js';
import type { FrontDoor } from './front-door.js';
import type { GatewayAnswer } from './gateway-answer.js';

/** How long an invocation may take. */
export interface Limit {
  milliseconds: number;
  /** What was over, for the console. */
  reason: string;
}

/** What a client waits for. */
export interface TimeLimit extends Limit {
  /** What it gets when the time is over. */
  answer: GatewayAnswer;
}

export class TimeLimitExceeded extends Error {
  override readonly name = 'TimeLimitExceeded';

  constructor(readonly limit: Limit) {
    super(limit.reason);
  }
}

/** The front door's patience or the function's timeout, whichever is over first: clients see different answers. */
export function timeLimit(door: FrontDoor, functionTimeout: number): TimeLimit {
  const { patience } = door;
  if (patience !== undefined && patience.milliseconds <= functionTimeout) {
    return { ...patience, reason: `${door.title} gave up after ${patience.milliseconds / 1000} s; the function may go on` };
  }
  return functionLimit(door, functionTimeout);
}

/** The function's timeout alone: a front door that passes on a stream has time. */
export function functionLimit(door: FrontDoor, functionTimeout: number): TimeLimit {
  return { ...timeoutLimit(functionTimeout), answer: door.functionError };
}

/** The function's timeout where nobody stands between it and whoever invokes it. */
export function timeoutLimit(functionTimeout: number): Limit {
  return {
    milliseconds: functionTimeout,
    reason: `the function timed out after ${functionTimeout / 1000} s; Lambda would end the process now`,
  };
}

/** @throws TimeLimitExceeded when the work takes longer, and goes on all the same. */
export function within<T>(work: Promise<T>, limit: Limit): Promise<T> {
  return atMost(limit.milliseconds, work, () => {
    throw new TimeLimitExceeded(limit);
  });
}
