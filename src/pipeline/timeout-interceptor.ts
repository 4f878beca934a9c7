import type { CallHandler, ExecutionContext, Interceptor } from '../contracts/pipeline.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';
import { brand } from '../shared/brand.js';
import type { MaybePromise } from '../shared/types.js';
import type { PipelineContext } from './pipeline-context.js';

/**
 * Fails with 504 and fires the event's `AbortSignal` if the event takes longer than `seconds`, or than the invocation
 * has left. For `@UseInterceptors` and the option `interceptors` of `create`. Without one, `FUNCTION_TIMEOUT` applies;
 * `@Timeout(seconds)` sets the time of a class or a method, guards included.
 */
export class TimeoutInterceptor implements Interceptor {
  /** @throws BootstrapError for anything but a number of seconds above 0. */
  constructor(readonly seconds: number) {
    if (Number.isFinite(seconds) && seconds > 0) return;
    throw new BootstrapError(`TimeoutInterceptor takes a number of seconds above 0, not ${describeValue(seconds)}.`);
  }

  intercept(context: ExecutionContext, next: CallHandler): MaybePromise<unknown> {
    const { deadline } = context as PipelineContext;
    deadline.limit(this.seconds);
    return deadline.race(next.handle());
  }
}
brand(TimeoutInterceptor, 'TimeoutInterceptor');
