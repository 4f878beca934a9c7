import { Readable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import type { ExecutionContext } from '../contracts/execution-context.js';
import type { CallHandler, Interceptor } from '../contracts/pipeline.js';
import { Response } from '../http/response.js';
import type { PlainObject } from '../shared/types.js';
import { comparable } from './comparable-value.js';
import { idempotencyData } from './idempotency-data.js';
import { idempotencyError, type IdempotencyPlace } from './idempotency-error.js';
import type { IdempotencyStore, RunOnce } from './idempotency-store.js';

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
    const expressions = { key: typeof key === 'string' ? key : 'key', payload: typeof payload === 'function' ? 'payload' : payload };
    this.#once = store.prepare({ name, ...expressions, expiresAfter });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const call = new Call(next);
    const { json } = this.store;
    const run = async () => textOf(await call.run(), json.stringify, this.plan.method);
    try {
      const data = await this.#data(context);
      const text = await this.#once({ data, remaining: remainingTime(context.lambdaContext), run });
      if (call.done) return call.result;
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
    if (typeof key === 'function') data['key'] = comparable(await key(context), `The key ${where}`);
    if (typeof payload === 'function') data['payload'] = comparable(await payload(context), `The payload ${where}`);
    return data;
  }
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
}

/** @throws TypeError for what can't be kept: it is told at the first call, not when a repetition comes. */
function textOf(result: unknown, stringify: JSON['stringify'], method: string): string | undefined {
  if (isData(result)) return stringify(result) as string | undefined;
  const what = (result as object).constructor.name;
  throw new TypeError(
    `${method} gave a ${what}, which @Idempotent can't keep. Return data, and say status and headers with @HttpCode and @Header.`,
  );
}

function isData(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return true;
  return !(
    result instanceof Response ||
    result instanceof Uint8Array ||
    result instanceof Readable ||
    result instanceof ReadableStream ||
    Symbol.asyncIterator in result
  );
}

/** `undefined` where nobody tells, as in a test; at least 1, for Powertools takes 0 for unknown. */
function remainingTime(context: LambdaContext): number | undefined {
  return typeof context.getRemainingTimeInMillis === 'function' ? Math.max(1, context.getRemainingTimeInMillis()) : undefined;
}
