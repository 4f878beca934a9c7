import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  checkArguments,
  checkOptions,
  numberAbove,
  type OptionRule,
  type OptionRules,
  text,
} from '../../errors/check-options.js';
import { ownClassMetadata, ownMethodMetadata } from '../../metadata/class-metadata.js';
import { methodName } from '../../shared/class-methods.js';
import type { Constructor } from '../../shared/types.js';
import { type Finder, IdempotencyInterceptor, type IdempotentPlan } from './idempotency-interceptor.js';
import { checkExpressions } from './idempotency-key.js';
import { IdempotencyStore } from './idempotency-store.js';

/** Options of `@Idempotent`. */
export interface IdempotentOptions {
  /**
   * The key that makes two events the same. For a request, include who sends it. Either a function of the context, or a
   * JMESPath expression over `method`, `path`, `params`, `query`, `headers` and `body` of a request, or `id`,
   * `attributes` and `body` of a record.
   */
  readonly key: Finder;
  /**
   * The part that must be the same for one key. A different payload is a 422, and fails a record. Not checked by
   * default.
   */
  readonly payload?: Finder;
  /** Seconds for which a result is stored. Defaults to the module's. */
  readonly expiresAfter?: number;
  /**
   * The prefix that separates this method's keys in the table. Defaults to the names of the class and the method. Set
   * it if your bundler renames classes. Two classes can't have the same.
   */
  readonly name?: string;
}

/**
 * Runs a method once for each key. A repeated request or record gets the stored result, as data, without a call of the
 * method. While the first is still in progress, a repeated request fails with 409, and a repeated record fails. Errors
 * are not stored. Needs `IdempotencyModule`.
 *
 * @throws BootstrapError for an unknown option, a wrong value, a JMESPath key that hides missing parts, and a hyphen in
 *   JMESPath that needs quotes.
 */
export function Idempotent(options: IdempotentOptions): MethodDecorator {
  return (prototype, key) => {
    const method = methodName(prototype.constructor, key);
    const where = `@Idempotent on ${method}`;
    checkOptions(options, RULES, where);
    checkArguments({ key: options.key }, RULES, where);
    const { payload, expiresAfter, name } = options;
    const keeping = { decorator: '@Idempotent', name };
    checkExpressions({ key: options.key, payload }, where);
    const plan = { method, member: key, keeping, key: options.key, payload, expiresAfter };
    const type = interceptorOf(plan, () => consumesBatches(prototype, key));
    const metadata = ownMethodMetadata(prototype, key);
    metadata.keeps = [...(metadata.keeps ?? []), keeping];
    metadata.enhancers.interceptors = [...metadata.enhancers.interceptors, type];
  };
}

const aFinder: OptionRule = {
  expected: 'a JMESPath expression or a function',
  accepts: (value) => typeof value === 'function' || text.accepts(value),
};

const RULES: OptionRules<IdempotentOptions> = {
  key: aFinder,
  payload: aFinder,
  expiresAfter: numberAbove(0, 'seconds'),
  name: text,
};

/** Returns an interceptor class for one method, so that the store can be injected beside the method's options. */
function interceptorOf(plan: IdempotentPlan, takesBatches: () => boolean): Constructor {
  const refuse = (why: string): never => {
    throw new BootstrapError(`@Idempotent on ${plan.method} ${why}`);
  };
  class MethodIdempotency extends IdempotencyInterceptor {
    constructor(store: IdempotencyStore | undefined) {
      if (takesBatches())
        refuse("can't work for whole batches, because each record has its own key. Take single records instead.");
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
