import type { CanActivate } from '../contracts/pipeline.js';
import { ForbiddenException } from '../errors/exceptions.js';
import { withoutStack } from '../errors/without-stack.js';
import type { EventScope } from '../modules/event-scope.js';
import { type Provided, provide } from '../modules/resolver.js';
import { chain } from '../shared/promise.js';
import type { Handler } from './pipeline-context.js';

/** Puts guards before a handler: they run in order, and the first that says no ends the request with 403. */
export function withGuards(guards: readonly Provided<CanActivate, EventScope>[], inner: Handler): Handler {
  return guards.reduceRight<Handler>(
    (next, guard) => (context) =>
      chain(provide(guard, context), (instance) =>
        chain(instance.canActivate(context), (allowed) => {
          if (!allowed) throw withoutStack(() => new ForbiddenException());
          return next(context);
        }),
      ),
    inner,
  );
}
