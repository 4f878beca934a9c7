import type { CanActivate } from '../contracts/pipeline.js';
import { notBooleanError } from '../errors/boolean-result.js';
import { ForbiddenException } from '../errors/exceptions.js';
import { withoutStack } from '../errors/http-exception.js';
import { type EventScope, type Provided, withInstance } from '../modules/instances/event-scope.js';
import { isPromiseLike, native } from '../shared/promise.js';
import type { Step, PipelineContext } from './pipeline-context.js';

/**
 * Puts guards before a step. They run in order, and the first that returns `false` ends the request with 403. A
 * guard that returns anything but a boolean is an error of the program, and the request does not pass.
 */
export function withGuards(guards: readonly Provided<CanActivate, EventScope>[], inner: Step): Step {
  return guards.reduceRight(guarded, inner);
}

function guarded(next: Step, guard: Provided<CanActivate, EventScope>): Step {
  const ask = (instance: CanActivate, context: PipelineContext): unknown => {
    const allowed: unknown = instance.canActivate(context);
    if (allowed === true) return next(context);
    if (!isPromiseLike(allowed)) throw refusal(allowed, instance);
    return askLater(allowed, instance, context);
  };
  // Apart, because closures would make V8 allocate the parameters for guards that do not wait, too.
  const askLater = (asked: Promise<unknown>, instance: CanActivate, context: PipelineContext): Promise<unknown> =>
    native(asked).then((allowed) => {
      if (allowed !== true) throw refusal(allowed, instance);
      return next(context);
    });
  return withInstance(guard, ask);
}

function refusal(allowed: unknown, guard: CanActivate): Error {
  if (allowed === false) return withoutStack(() => new ForbiddenException());
  return notBooleanError(allowed, `${guard.constructor.name}.canActivate`);
}
