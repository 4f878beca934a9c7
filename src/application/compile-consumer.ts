import { type ArgumentBinder, compileBinder } from '../binding/bind-arguments.js';
import type { BindingContext } from '../binding/argument-source.js';
import { compileBatchBinder } from '../binding/bind-batch.js';
import { HttpException } from '../errors/http-exception.js';
import { Refusal, unrefused } from '../errors/refusal.js';
import { recordArgument } from '../binding/record-argument.js';
import type { ConsumerMetadata } from '../metadata/class-metadata.js';
import { refuseObservable } from '../shared/observable.js';
import { attempt, chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { compileErrorHandler, compileHandler, type HandlerParts, methodOf } from './compile-handler.js';
import type { Consumer } from './consumer.js';
import type { MethodCompiler, PlannedMethod } from './method-compiler.js';
import type { RecordContext } from './record-context.js';

/** Makes one closure of everything that happens to a record, or to a batch of them. */
export function compileConsumer(method: PlannedMethod, metadata: ConsumerMetadata, methods: MethodCompiler): Consumer {
  const parts = methods.parts(method, recordArgument(methods.config.json), metadata.batch ? compileBatchBinder : compileBinder);
  const { type } = method.owner;
  return {
    controller: type,
    method: methodOf(parts.target),
    name: `${type.name}.${String(method.key)}`,
    metadata,
    criteria: Object.entries(metadata.criteria),
    handle: compileHandle({ ...parts, bind: noting(parts.bind) }),
  };
}

function compileHandle(parts: HandlerParts): Consumer['handle'] {
  const handler = compileHandler(parts);
  const handle: Consumer['handle'] = (context) => chain(handler(context), done);
  const filter = compileErrorHandler(parts);
  if (!filter) return handle;
  return (context) =>
    attempt(
      () => handle(context),
      (error) =>
        chain(filter(error, context), () => {
          throw error;
        }),
    );
}

function done(result: unknown): unknown {
  return refuseObservable(unrefused(result));
}

/** Notes what can't be read, so that it is told from what the method itself throws. */
function noting(bind: ArgumentBinder): ArgumentBinder {
  return (context) => {
    let values: MaybePromise<readonly unknown[] | Refusal>;
    try {
      values = bind(context);
    } catch (error) {
      return refuse(error, context);
    }
    return isPromiseLike(values)
      ? values.then((known) => checked(known, context), (error: unknown) => refuse(error, context))
      : checked(values, context);
  };
}

function checked(values: readonly unknown[] | Refusal, context: BindingContext): MaybePromise<readonly unknown[]> {
  return values instanceof Refusal ? refuse(values.error, context) : values;
}

async function refuse(error: unknown, context: BindingContext): Promise<never> {
  if (error instanceof HttpException) await (context as RecordContext).refuseAll(error);
  throw error;
}
