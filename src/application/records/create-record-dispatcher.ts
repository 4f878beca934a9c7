import type { Logger } from '../../contracts/logger.js';
import { RecordLog } from '../../logging/access-log/record-log.js';
import type { ColdStart } from '../../logging/logger/event-log.js';
import { classMetadata } from '../../metadata/class-metadata.js';
import type { HttpDispatcher } from '../http/http-dispatcher.js';
import type { MethodCompiler } from '../method/method-compiler.js';
import { requestReaders } from '../method/request-readers.js';
import { compileConsumer } from './compile-consumer.js';
import { type Consumer, ConsumerRegistry } from './consumer-registry.js';
import { RecordDispatcher } from './record-dispatcher.js';

/**
 * The part of an application that takes everything but requests. It brings every source of records with it, and is
 * loaded on demand: a ninth of what an API would otherwise compile at its start.
 *
 * @throws BootstrapError when two consumers want the same records.
 */
export function createRecordDispatcher(
  methods: MethodCompiler,
  http: HttpDispatcher,
  logger: Logger,
  coldStart: ColdStart,
): RecordDispatcher {
  const { config } = methods;
  const log = new RecordLog(logger, config.options.accessLog, coldStart);
  const consumers = compileConsumers(methods);
  warnOfRequestReaders(consumers.all(), logger);
  return new RecordDispatcher(consumers, http, config, log);
}

/** Each of their records will fail, and nobody may see it before the first one comes. */
function warnOfRequestReaders(consumers: readonly Consumer[], logger: Logger): void {
  const bound = new Map<string, string[]>();
  for (const { name, levels } of consumers) {
    for (const reader of levels.flatMap(requestReaders)) bound.set(reader, [...(bound.get(reader) ?? []), name]);
  }
  for (const [reader, names] of bound) {
    const what = reader === 'Object' ? 'An object among the guards, interceptors and filters' : reader;
    logger.warning(
      `${what} asks for the request, which consumers have none of. Put @For('http') on it, or ask context.getType() first.`,
      { consumers: names },
    );
  }
}

/**
 * The application's consumers, and what is declared of messages beside them.
 *
 * @throws BootstrapError when two want the same records.
 */
function compileConsumers(methods: MethodCompiler): ConsumerRegistry<Consumer> {
  const takers = new ConsumerRegistry<Consumer>();
  for (const owner of methods.container.consumers()) {
    for (const [key, metadata] of classMetadata(owner.type).methods) {
      const method = { owner, key, metadata };
      for (const consumer of metadata.consumers) takers.add(compileConsumer(method, consumer, methods));
    }
  }
  for (const carriage of methods.config.requestsVia) takers.addRequests(carriage);
  return takers;
}
