import type { ArgumentsPlan } from '../../binding/argument-plan.js';
import type { BindingContext } from '../../binding/compile-argument.js';
import { compileBatchBinder } from '../../binding/compile-batch-binder.js';
import { type ArgumentBinder, compileBinder } from '../../binding/compile-binder.js';
import { recordArgument } from '../../binding/record-argument.js';
import { HttpException, Refusal } from '../../errors/http-exception.js';
import { currentResponder } from '../../events/custom-resource/responder.js';
import { withGuards } from '../../pipeline/guards.js';
import { withAwaitedInterceptors } from '../../pipeline/interceptors.js';
import type { Step } from '../../pipeline/pipeline-context.js';
import { methodName } from '../../shared/class-methods.js';
import { isRecordType } from '../../shared/event-types.js';
import { attempt, chain, isPromiseLike } from '../../shared/promise.js';
import type { MaybePromise } from '../../shared/types.js';
import type { ConsumerPlan } from '../application-plan.js';
import {
  compileFilterChain,
  compileSteps,
  type MethodParts,
  type MethodCompiler,
  methodOf,
} from '../method/method-compiler.js';
import type { Consumer } from './consumer-registry.js';
import { checkedResult } from './consumer-result.js';
import { nameReader, namingInstance, namingReaders } from './missing-request.js';
import type { RecordContext } from './record-context.js';

/** Compiles everything that happens to a record, or to a batch of them, into one closure. */
export function compileConsumer({ method, metadata }: ConsumerPlan, methods: MethodCompiler): Consumer {
  const { source, batch } = metadata;
  const compile = batch ? compileBatchBinder : compileBinder;
  const parts = methods.parts(method, { type: source, source: recordArgument(methods.config.json), compile });
  const name = methodName(method.controller, method.key);
  const bind = refuseUnbound(parts.bind, name);
  const handle = compileHandle(
    {
      ...parts,
      levels: parts.levels.map(namingReaders),
      instance: namingInstance(parts.instance, method.controller.name),
      bind: metadata.predicate ? markStarted(bind) : bind,
    },
    { method, metadata },
  );
  return {
    controller: method.controller,
    method: methodOf(method),
    name,
    metadata,
    criteria: Object.entries(metadata.criteria),
    levels: parts.levels,
    handle,
  };
}

function compileHandle(parts: MethodParts, { method, metadata: { source, batch } }: ConsumerPlan): Consumer['handle'] {
  const intercepting = isRecordType(source) ? withAwaitedInterceptors : undefined;
  const run = compileSteps(parts, batch ? guardingRecords(method.arguments) : undefined, intercepting);
  const filter = compileFilterChain(parts);
  // Whoever calls it checks the result: to do so here would cost each asynchronous record a promise.
  if (!filter) return run;
  const handle: Consumer['handle'] = (context) => chain(run(context), checkedResult);
  const fail = (error: unknown, context: RecordContext): MaybePromise<never> =>
    chain(filter(error, context), () => {
      throw error;
    });
  if (!batch)
    return (context) =>
      attempt(
        () => handle(context),
        (error) => fail(error, context),
      );
  return (context) => {
    context.filter = filter;
    return attempt(
      () => handle(context),
      (error) => {
        // The filter has seen each record's error.
        if (context.allRefused) throw error;
        return fail(error, context);
      },
    );
  };
}

/** Marks a custom resource as started when its method is called next: until then there is nothing to undo. */
function markStarted(bind: ArgumentBinder): ArgumentBinder {
  return (context) =>
    chain(bind(context), (values) => {
      const responder = currentResponder();
      if (responder) responder.started = true;
      return values;
    });
}

/** Refuses records whose arguments can't be bound, to tell them from errors of the method itself. */
function refuseUnbound(bind: ArgumentBinder, name: string): ArgumentBinder {
  const refuse = async (error: unknown, context: BindingContext): Promise<never> => {
    if (error instanceof HttpException) await (context as RecordContext).refuseAll(error);
    throw nameReader(error, { name: `An argument of ${name}` });
  };
  return (context) => {
    let values: MaybePromise<readonly unknown[] | Refusal>;
    try {
      values = bind(context);
    } catch (error) {
      return refuse(error, context);
    }
    if (values instanceof Refusal) return refuse(values.error, context);
    if (!isPromiseLike(values)) return values;
    return values.then(
      (known) => (known instanceof Refusal ? refuse(known.error, context) : known),
      (error: unknown) => refuse(error, context),
    );
  };
}

/**
 * Runs the guards of a batch method for each record, with the record's own context: a refused record has failed, and
 * the method gets the others. A method that gets its records other than in lists of one item a record, such as by
 * `@Event()`, gets all of them or none.
 */
function guardingRecords({ list }: ArgumentsPlan): typeof withGuards {
  const sifted =
    list.some(({ kind }) => kind === 'body' || kind === 'record') && !list.some(({ kind }) => kind === 'event');
  return (guards, inner) => {
    if (guards.length === 0) return inner;
    const admit = withGuards(guards, () => undefined);
    return async (context) => {
      await admitEach(context as unknown as RecordContext, admit, sifted);
      return inner(context);
    };
  };
}

/** @throws The last refusal, if no record is left; the first one, if none may be left out. */
async function admitEach(batch: RecordContext, admit: Step, sifted: boolean): Promise<void> {
  let admitted = 0;
  let refusal: { error: unknown } | undefined;
  for (const [index, context] of batch.each()) {
    try {
      await admit(context);
      admitted += 1;
    } catch (error) {
      if (!sifted) throw error;
      refusal = { error };
      await batch.fail(index, error);
    }
  }
  if (refusal && admitted === 0) throw refusal.error;
}
