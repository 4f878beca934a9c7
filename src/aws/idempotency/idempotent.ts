import { BootstrapError } from '../../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { ownClassMetadata, ownMethodMetadata } from '../../metadata/class-metadata.js';
import type { Constructor } from '../../shared/types.js';
import { type Finder, IdempotencyInterceptor, type IdempotentPlan } from './idempotency-interceptor.js';
import { IdempotencyStore } from './idempotency-module.js';

/** What `@Idempotent` takes. */
export interface IdempotentOptions {
  /**
   * What makes two events the same, of a request who sends it among it: a function of the context, or JMESPath. That
   * looks at `method`, `path`, `params`, `query`, `headers` and `body` of a request, and at `id`, `attributes` and
   * `body` of a record.
   */
  readonly key: Finder;
  /** What has to be the same under one key: another payload is 422, or a failed record. Not looked at unless given. */
  readonly payload?: Finder;
  /** Seconds for which a result is kept; the module's unless given. */
  readonly expiresAfter?: number;
  /**
   * Keeps the keys of methods apart in the table; class and method unless given. Give one where a bundler renames
   * classes.
   */
  readonly name?: string;
}

/**
 * Runs a method once a key: a request or record that comes again gets the result that was kept, as data, without the
 * method; while the first is under way it is 409, or a failed record. An error is not kept. Needs `IdempotencyModule`.
 *
 * @throws BootstrapError for an unknown option or a bad value.
 */
export function Idempotent(options: IdempotentOptions): MethodDecorator {
  return (prototype, key) => {
    const method = `${prototype.constructor.name}.${String(key)}`;
    checkOptions(options, method);
    const { payload, expiresAfter, name = method } = options;
    const type = interceptorOf({ method, name, key: options.key, payload, expiresAfter }, () =>
      consumesBatches(prototype, key),
    );
    const { enhancers } = ownMethodMetadata(prototype, key);
    enhancers.interceptors = [...enhancers.interceptors, type];
  };
}

/** A class of its own for each method, so that it is injected with what its options are for. */
function interceptorOf(plan: IdempotentPlan, takesBatches: () => boolean): Constructor {
  const refuse = (why: string): never => {
    throw new BootstrapError(`@Idempotent on ${plan.method} ${why}`);
  };
  class MethodIdempotency extends IdempotencyInterceptor {
    constructor(store: IdempotencyStore | undefined) {
      if (takesBatches())
        refuse('stands on a method that takes a whole batch, in which each record has its key. Take single records.');
      super(
        store ??
          refuse(
            'needs IdempotencyModule: add IdempotencyModule.forRoot({ tableName }) to the imports of the root module.',
          ),
        plan,
      );
    }
  }
  const metadata = ownClassMetadata(MethodIdempotency);
  metadata.injectable = {};
  metadata.injections.set(0, { token: IdempotencyStore, optional: true });
  return MethodIdempotency;
}

function consumesBatches(prototype: object, key: string | symbol): boolean {
  return ownMethodMetadata(prototype, key).consumers.some(({ batch }) => batch);
}

function checkOptions(options: IdempotentOptions, method: string): void {
  const where = `@Idempotent on ${method}`;
  refuseUnknownOptions(options, ['key', 'payload', 'expiresAfter', 'name'], where);
  const { key, payload, expiresAfter = 1, name = 'a' } = options;
  if (typeof name !== 'string' || name === '')
    throw new BootstrapError(`${where}: name is ${describeValue(name)}; it takes text`);
  if (!isFinder(key)) throw new BootstrapError(`${where}: key takes a JMESPath expression or a function`);
  if (payload !== undefined && !isFinder(payload)) {
    throw new BootstrapError(`${where}: payload takes a JMESPath expression or a function`);
  }
  if (!(typeof expiresAfter === 'number' && expiresAfter > 0))
    throw new BootstrapError(`${where}: expiresAfter is ${expiresAfter}; it takes seconds above 0`);
}

function isFinder(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'string' && value !== '');
}
