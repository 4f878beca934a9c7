import type { Context as LambdaContext } from 'aws-lambda';
import { keptName } from '../../contracts/kept-names.js';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { comparable } from '../../errors/comparable-key.js';
import type { Keeping } from '../../metadata/class-metadata.js';
import { timeLeft } from '../../shared/time.js';
import type { Constructor, PlainObject } from '../../shared/types.js';
import { asJson, copiedOnce, eventData } from './event-data.js';
import { keyExpression, payloadExpression, wholeKey } from './idempotency-key.js';
import { idempotencyError, type IdempotencyPlace, refuseUnstored } from './idempotency-refusals.js';
import type { IdempotencyStore, RunOnce } from './idempotency-store.js';
import { NOT_STORED, storedResult, type StoredResult } from './stored-result.js';

/** Selects a part of an event: a JMESPath expression, or a function. */
export type Finder = string | ((context: ExecutionContext) => unknown);

/** The options of `@Idempotent` with their method. */
export interface IdempotentPlan {
  /** The decorated method, such as `OrdersController.create`, for messages. */
  readonly method: string;
  /** The name of the method in its class. */
  readonly member: string | symbol;
  readonly keeping: Keeping;
  readonly key: Finder;
  readonly payload: Finder | undefined;
  readonly expiresAfter: number | undefined;
}

/** Runs a method once for each key, and returns the stored result for repeated events. */
export class IdempotencyInterceptor implements Interceptor {
  /** By controller: several may inherit the method, and their keys must not meet. */
  readonly #once = new Map<Constructor, RunOnce>();
  readonly #place: IdempotencyPlace;

  constructor(
    private readonly store: IdempotencyStore,
    private readonly plan: IdempotentPlan,
  ) {
    this.#place = { method: plan.method, tableName: store.tableName };
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const call = new Call(next);
    const { json } = this.store;
    const once = this.#onceOf(context.getClass());
    const run = async () => call.store(storedResult(await call.run(), json.stringify, this.plan.method));
    try {
      const data = await this.#data(context);
      const text = await once({ data, remaining: remainingTime(context.lambdaContext), run });
      if (call.failure) throw call.failure.error;
      if (call.done) return call.result;
      if (text === NOT_STORED) return refuseUnstored(context);
      return text === undefined ? undefined : (json.parse(text) as unknown);
    } catch (error) {
      // The method's own error wins over an error while deleting the key.
      throw call.failure ? call.failure.error : idempotencyError(error, this.#place);
    }
  }

  #onceOf(type: Constructor): RunOnce {
    let once = this.#once.get(type);
    if (!once) this.#once.set(type, (once = this.#prepare(type)));
    return once;
  }

  #prepare(type: Constructor): RunOnce {
    const { member, keeping, key, payload, expiresAfter } = this.plan;
    const name = keptName(type, member, keeping);
    this.store.names.claim(name, type, keeping.decorator);
    return this.store.prepare({
      name,
      key: keyExpression(typeof key === 'function' ? 'key' : key),
      payload: payload && payloadExpression(typeof payload === 'function' ? 'payload' : payload),
      expiresAfter,
    });
  }

  async #data(context: ExecutionContext): Promise<PlainObject> {
    const { key, payload, method } = this.plan;
    const event = eventData(context, this.store.json);
    const data = copiedOnce(event);
    const where = `of @Idempotent on ${method}`;
    if (typeof key === 'function') {
      const given = comparable(await key(context), `The key ${where}`);
      data['key'] = asJson(wholeKey(given, (whole) => whole === event['body']));
    }
    if (typeof payload === 'function')
      data['payload'] = asJson(comparable(await payload(context), `The payload ${where}`));
    return data;
  }
}

/** One call of the method, whose outcome is kept apart from what Powertools does around it. */
class Call {
  done = false;
  result: unknown;
  failure: { readonly error: unknown } | undefined;

  constructor(private readonly next: CallHandler) {}

  async run(): Promise<unknown> {
    try {
      this.result = await this.next.handle();
      this.done = true;
      return this.result;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** Keeps the problem for after the key is marked as done. An error before would let the work be repeated. */
  store({ text, problem }: StoredResult): string | undefined {
    if (problem) this.failure = { error: problem };
    return text;
  }
}

/**
 * Returns `undefined` when the context has no remaining time, as in tests; at least 1, because Powertools takes 0 for
 * unknown.
 */
function remainingTime(context: LambdaContext): number | undefined {
  const left = timeLeft(context);
  return left === Number.POSITIVE_INFINITY ? undefined : Math.max(1, left);
}
