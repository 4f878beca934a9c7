import { classMetadata } from '../metadata/class-metadata.js';
import { compileConsumer } from './compile-consumer.js';
import type { Consumer } from './consumer.js';
import type { MethodCompiler } from './method-compiler.js';
import { Takers } from './takers.js';

/**
 * The application's consumers, and what is declared of messages beside them.
 *
 * @throws BootstrapError when two want the same records.
 */
export function compileConsumers(methods: MethodCompiler): Takers<Consumer> {
  const takers = new Takers<Consumer>();
  for (const owner of methods.container.consumers()) {
    for (const [key, metadata] of classMetadata(owner.type).methods) {
      const method = { owner, key, metadata };
      for (const consumer of metadata.consumers) takers.add(compileConsumer(method, consumer, methods));
    }
  }
  for (const carriage of methods.config.requestsVia) takers.addRequests(carriage);
  return takers;
}
