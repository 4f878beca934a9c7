import type { CanActivate } from '../contracts/pipeline.js';
import { notBooleanError } from '../errors/boolean-result.js';
import { ForbiddenException } from '../errors/exceptions.js';
import { withoutStack } from '../errors/http-exception.js';
import { type EventScope, provide, type Provided } from '../modules/instances/event-scope.js';
import { chain } from '../shared/promise.js';
import type { Handler } from './pipeline-context.js';

/**
 * Puts guards before a handler: they run in order, and the first that says no ends the request with 403. One that says
 * neither yes nor no is a fault of the program, and lets nobody in.
 */
export function withGuards(guards: readonly Provided<CanActivate, EventScope>[], inner: Handler): Handler {
  return guards.reduceRight<Handler>(
    (next, guard) => (context) =>
      chain(provide(guard, context), (instance) =>
        chain(instance.canActivate(context), (allowed: unknown) => {
          if (allowed !== true) throw refusal(allowed, instance);
          return next(context);
        }),
      ),
    inner,
  );
}

function refusal(answer: unknown, guard: CanActivate): Error {
  if (answer === false) return withoutStack(() => new ForbiddenException());
  return notBooleanError(answer, `${guard.constructor.name}.canActivate`);
}
