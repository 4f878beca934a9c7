import type { CanActivate } from '../contracts/pipeline.js';
import { notBooleanError } from '../errors/boolean-result.js';
import { ForbiddenException } from '../errors/exceptions.js';
import { withoutStack } from '../errors/http-exception.js';
import { type EventScope, provide, type Provided } from '../modules/instances/event-scope.js';
import { chain } from '../shared/promise.js';
import type { Handler } from './pipeline-context.js';

/**
 * Puts guards before a handler. They run in order, and the first that returns `false` ends the request with 403. A
 * guard that returns anything but a boolean is an error of the program, and the request does not pass.
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

function refusal(allowed: unknown, guard: CanActivate): Error {
  if (allowed === false) return withoutStack(() => new ForbiddenException());
  return notBooleanError(allowed, `${guard.constructor.name}.canActivate`);
}
