import { Readable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { BadRequestException, ConflictException, UnprocessableEntityException } from '../../errors/exceptions.js';
import { HttpException } from '../../errors/http-exception.js';
import { Response } from '../../http/response/response.js';
import type { PlainObject } from '../../shared/types.js';
import { comparable, idempotencyData, wholeKey, wholeKeyExpression } from './idempotency-key.js';
import type { IdempotencyStore, RunOnce } from './idempotency-module.js';

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
    const expressions = {
      key: typeof key === 'string' ? wholeKeyExpression(key) : 'key',
      payload: typeof payload === 'function' ? 'payload' : payload,
    };
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
    if (typeof key === 'function')
      data['key'] = wholeKey(comparable(await key(context), `The key ${where}`), (given) => given === data['body']);
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
  return typeof context.getRemainingTimeInMillis === 'function'
    ? Math.max(1, context.getRemainingTimeInMillis())
    : undefined;
}

/** What is kept of a call that was done. */
interface KeptResult {
  /** The result as JSON; `undefined` for none, {@link UNKEPT} where it can't be kept. */
  readonly text: string | undefined;
  /** Why it can't be kept. The work is done all the same, and must not be done again. */
  readonly problem?: Error;
}

/** In the place of a result that can't be kept; no JSON begins like this. */
const UNKEPT = 'unkept';

/** Bytes: an item of DynamoDB takes 400 kB, the key and the other attributes included. */
const LIMIT = 390_000;

/** @param method As in `OrdersController.create`, for messages. */
function keptResult(result: unknown, stringify: JSON['stringify'], method: string): KeptResult {
  try {
    if (!isData(result)) throw new TypeError(`it is a ${(result as object).constructor.name}`);
    const text = stringify(result) as string | undefined;
    if (text !== undefined && Buffer.byteLength(text) > LIMIT)
      throw new RangeError(`it has ${Buffer.byteLength(text)} bytes, and an item of DynamoDB takes ${LIMIT}`);
    return { text };
  } catch (error) {
    return { text: UNKEPT, problem: problemOf(error as Error, method) };
  }
}

function problemOf(cause: Error, method: string): TypeError {
  return new TypeError(
    `${method} gave a result that @Idempotent can't keep: ${cause.message}. Return data, and say status and headers with @HttpCode and @Header; ` +
      'of what is long return an id. What was done is not done again.',
    { cause },
  );
}

function isData(result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return true;
  return !(
    result instanceof Response ||
    ArrayBuffer.isView(result) ||
    result instanceof Readable ||
    result instanceof ReadableStream ||
    Symbol.asyncIterator in result
  );
}

/** Where an error came up, for its message. */
interface IdempotencyPlace {
  /** The method, as in `OrdersController.create`. */
  readonly method: string;
  readonly tableName: string;
}

/**
 * What an error of Powertools means to the caller. The statuses are those of the IETF's draft "The Idempotency-Key
 * HTTP Header Field"; for a record each of them is a failure.
 */
function idempotencyError(error: unknown, { method, tableName }: IdempotencyPlace): unknown {
  const { name, message, cause } = error as Error;
  if (name === 'IdempotencyAlreadyInProgressError') {
    return new ConflictException('The same is being done already', { cause: error, errorDetail: message });
  }
  if (name === 'IdempotencyValidationError') {
    return new UnprocessableEntityException('The idempotency key was used before, for something else', {
      cause: error,
      errorDetail: message,
    });
  }
  if (name !== 'IdempotencyPersistenceLayerError') return error;
  // The body was read for the key, and can't be.
  if (cause instanceof HttpException) return cause;
  const { name: kind, message: reason } = (cause ?? error) as Error;
  if (kind === 'IdempotencyKeyError') return new BadRequestException('The idempotency key is missing', { cause });
  return new Error(
    `@Idempotent on ${method}: ${reason || kind}. (${message}; the table is "${tableName}", and the function's role needs ` +
      'dynamodb:GetItem, PutItem, UpdateItem and DeleteItem on it.)',
    { cause },
  );
}
