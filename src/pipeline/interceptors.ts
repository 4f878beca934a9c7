import type { Interceptor } from '../contracts/pipeline.js';
import { unrefused } from '../errors/refusal.js';
import type { EventScope } from '../modules/event-scope.js';
import { type Provided, provide } from '../modules/resolver.js';
import { chain, promised } from '../shared/promise.js';
import type { Handler } from './pipeline-context.js';

/** Puts interceptors around a handler; the first is the outermost. */
export function withInterceptors(interceptors: readonly Provided<Interceptor, EventScope>[], inner: Handler): Handler {
  if (interceptors.length === 0) return inner;
  // Interceptors are to see a refusal as an exception.
  const asked: Handler = (context) => chain(inner(context), unrefused);
  return interceptors.reduceRight<Handler>(
    (next, interceptor) => (context) =>
      chain(provide(interceptor, context), (instance) =>
        instance.intercept(context, { handle: () => promised(() => next(context)) }),
      ),
    asked,
  );
}
