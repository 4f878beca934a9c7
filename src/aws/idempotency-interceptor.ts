import type { Context as LambdaContext } from 'aws-lambda';
import type { ExecutionContext } from '../contracts/execution-context.js';
import type { CallHandler, Interceptor } from '../contracts/pipeline.js';
import { ConflictException } from '../errors/exceptions.js';
import type { PlainObject } from '../shared/types.js';
import { comparable } from './comparable-value.js';
import { idempotencyData } from './idempotency-data.js';
import { idempotencyError, type IdempotencyPlace } from './idempotency-error.js';
import { wholeKey, wholeKeyExpression } from './idempotency-key.js';
import type { IdempotencyStore, RunOnce } from './idempotency-store.js';
import { keptResult, type KeptResult, UNKEPT } from './kept-result.js';

/** Finds a part of an event: a JMESPath expression, or a function. */
export type Finder = string | ((context: ExecutionContext) => unknown);

/** The options of `@Idempotent`, with the method they stand on. */
export interface IdempotentPlan {
  /** As in `OrdersController.create`. */
  readonly method: string;
  readonly name: string;
  readonly key: Finder;
  readonly payload: Finder | undefined;
  readonly expiresAfter: number | undefined;
}

/** Runs a method once a key, and answers repetitions with what is kept of it. */
export class IdempotencyInterceptor implements Interceptor {
  readonly #once: RunOnce;
  readonly #place: IdempotencyPlace;

  constructor(
    private readonly store: IdempotencyStore,
    private readonly plan: IdempotentPlan,
  ) {
    const { method, name, key, payload, expiresAfter } = plan;
    this.#place = { method, tableName: store.tableName };
    const expressions = { key: typeof key === 'string' ? wholeKeyExpression(key) : 'key', payload: typeof payload === 'function' ? 'payload' : payload };
    this.#once = store.prepare({ name, ...expressions, expiresAfter });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const call = new Call(next);
    const { json } = this.store;
    const run = async () => call.keep(keptResult(await call.run(), json.stringify, this.plan.method));
    try {
      const data = await this.#data(context);
      const text = await this.#once({ data, remaining: remainingTime(context.lambdaContext), run });
      if (call.failure) throw call.failure.error;
      if (call.done) return call.result;
      if (text === UNKEPT) return unkept(context);
      return text === undefined ? undefined : (json.parse(text) as unknown);
    } catch (error) {
      // What the method threw goes on as it is, whatever came of forgetting the key.
      throw call.failure ? call.failure.error : idempotencyError(error, this.#place);
    }
  }

  async #data(context: ExecutionContext): Promise<PlainObject> {
    const { key, payload, method } = this.plan;
    const data = idempotencyData(context);
    const where = `of @Idempotent on ${method}`;
    if (typeof key === 'function') data['key'] = wholeKey(comparable(await key(context), `The key ${where}`), (given) => given === data['body']);
    if (typeof payload === 'function') data['payload'] = comparable(await payload(context), `The payload ${where}`);
    return data;
  }
}

/** Nobody waits for what a record came to; a caller has to be told that there is no answer to repeat. */
function unkept(context: ExecutionContext): undefined {
  if (context.getType() !== 'http') return undefined;
  throw new ConflictException('This was done before, and its result was not kept');
}

/** One call of the method, told apart from what is done around it. */
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

  /** What can't be kept is told when the key is marked as done: an error before would have the work done again. */
  keep({ text, problem }: KeptResult): string | undefined {
    if (problem) this.failure = { error: problem };
    return text;
  }
}

/** `undefined` where nobody tells, as in a test; at least 1, for Powertools takes 0 for unknown. */
function remainingTime(context: LambdaContext): number | undefined {
  return typeof context.getRemainingTimeInMillis === 'function' ? Math.max(1, context.getRemainingTimeInMillis()) : undefined;
}
