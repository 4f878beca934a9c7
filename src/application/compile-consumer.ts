import { compileBatchBinder } from '../binding/bind-batch.js';
import { recordArgument } from '../binding/record-argument.js';
import type { ConsumerMetadata } from '../metadata/class-metadata.js';
import { attempt, chain } from '../shared/promise.js';
import { compileErrorHandler, compileHandler, type HandlerParts, methodOf } from './compile-handler.js';
import type { Consumer } from './consumer.js';
import type { MethodCompiler, PlannedMethod } from './method-compiler.js';
import type { RecordContext } from './record-context.js';

/** Makes one closure of everything that happens to a record, or to a batch of them. */
export function compileConsumer(method: PlannedMethod, metadata: ConsumerMetadata, methods: MethodCompiler): Consumer {
  const source = recordArgument(methods.config.json);
  const parts = methods.parts(method, source);
  const { type } = method.owner;
  return {
    controller: type,
    method: methodOf(parts.target),
    name: `${type.name}.${String(method.key)}`,
    metadata,
    handle: compileHandle(parts),
  };
}

function compileHandle(parts: HandlerParts): Consumer['handle'] {
  const handle = compileHandler(parts);
  const filter = compileErrorHandler(parts);
  return (context) =>
    attempt(
      () => handle(context),
      (error) =>
        chain(filter(error, context), () => {
          throw error;
        }),
    );
}
