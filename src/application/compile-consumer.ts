import { type ArgumentBinder, compileBinder } from '../binding/bind-arguments.js';
import type { BindingContext } from '../binding/argument-source.js';
import { compileBatchBinder } from '../binding/bind-batch.js';
import { currentReply } from '../events/custom-resource/reply.js';
import { HttpException } from '../errors/http-exception.js';
import { Refusal, unrefused } from '../errors/refusal.js';
import { recordArgument } from '../binding/record-argument.js';
import type { ConsumerMetadata } from '../metadata/class-metadata.js';
import { withAwaitedInterceptors } from '../pipeline/interceptors.js';
import { isRecordType } from '../shared/event-kind.js';
import { refuseObservable } from '../shared/observable.js';
import { attempt, chain, isPromiseLike } from '../shared/promise.js';
import type { MaybePromise } from '../shared/types.js';
import { guardingRecords } from './batch-guards.js';
import { compileErrorHandler, compileHandler, type HandlerParts, methodOf } from './compile-handler.js';
import type { Consumer } from './consumer.js';
import type { MethodCompiler, PlannedMethod } from './method-compiler.js';
import { explained, explaining, explainingInstance } from './missing-request.js';
import type { RecordContext } from './record-context.js';

/** Makes one closure of everything that happens to a record, or to a batch of them. */
export function compileConsumer(method: PlannedMethod, metadata: ConsumerMetadata, methods: MethodCompiler): Consumer {
  const { source, batch } = metadata;
  const compile = batch ? compileBatchBinder : compileBinder;
  const parts = methods.parts(method, { type: source, source: recordArgument(methods.config.json), compile });
  const { type } = method.owner;
  const name = `${type.name}.${String(method.key)}`;
  return {
    controller: type,
    method: methodOf(parts.target),
    name,
    metadata,
    criteria: Object.entries(metadata.criteria),
    levels: parts.levels,
    handle: compileHandle({
      ...parts,
      levels: parts.levels.map(explaining),
      instance: explainingInstance(parts.instance, type.name),
      bind: metadata.predicate ? beginning(noting(parts.bind, name)) : noting(parts.bind, name),
    }, metadata),
  };
}

function compileHandle(parts: HandlerParts, { source, batch }: ConsumerMetadata): Consumer['handle'] {
  const intercepting = isRecordType(source) ? withAwaitedInterceptors : undefined;
  const handler = compileHandler(parts, batch ? guardingRecords(parts.target) : undefined, intercepting);
  const handle: Consumer['handle'] = (context) => chain(handler(context), done);
  const filter = compileErrorHandler(parts);
  if (!filter) return handle;
  const fail = (error: unknown, context: RecordContext): MaybePromise<never> =>
    chain(filter(error, context), () => {
      throw error;
    });
  if (!batch) return (context) => attempt(() => handle(context), (error) => fail(error, context));
  return (context) => {
    context.filter = filter;
    return attempt(
      () => handle(context),
      (error) => {
        // The error of each record has been told.
        if (context.allRefused) throw error;
        return fail(error, context);
      },
    );
  };
}

function done(result: unknown): unknown {
  return refuseObservable(unrefused(result));
}

/** Notes of a custom resource that its method is called next: until then there is nothing to undo. */
function beginning(bind: ArgumentBinder): ArgumentBinder {
  return (context) =>
    chain(bind(context), (values) => {
      const reply = currentReply();
      if (reply) reply.begun = true;
      return values;
    });
}

/** Notes what can't be read, so that it is told from what the method itself throws. */
function noting(bind: ArgumentBinder, name: string): ArgumentBinder {
  const refuse = async (error: unknown, context: BindingContext): Promise<never> => {
    if (error instanceof HttpException) await (context as RecordContext).refuseAll(error);
    throw explained(error, { who: `An argument of ${name}` });
  };
  const checked = (values: readonly unknown[] | Refusal, context: BindingContext): MaybePromise<readonly unknown[]> =>
    values instanceof Refusal ? refuse(values.error, context) : values;
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
