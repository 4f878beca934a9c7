import type { Logger } from '../../contracts/logger.js';
import { RecordLog } from '../../logging/access-log/record-log.js';
import type { ConsumerPlan } from '../application-plan.js';
import type { EventLogging } from '../event/run-event.js';
import type { HttpDispatcher } from '../http/http-dispatcher.js';
import type { MethodCompiler } from '../method/method-compiler.js';
import { requestReaders } from '../method/request-readers.js';
import { compileConsumer } from './compile-consumer.js';
import { type Consumer, registryOf } from './consumer-registry.js';
import { RecordDispatcher } from './record-dispatcher.js';
import { RecordProcessor } from './record-processor.js';

/**
 * Creates the part of an application that dispatches everything but requests. It imports every source of records and is
 * loaded on demand: a ninth of what an API would otherwise compile at its start.
 *
 * @throws BootstrapError if two consumers take the same records.
 */
export function createRecordDispatcher(
  plans: readonly ConsumerPlan[],
  methods: MethodCompiler,
  http: HttpDispatcher,
  { logger, coldStart, observe }: EventLogging,
): RecordDispatcher {
  const { config } = methods;
  const log = new RecordLog(logger, config.options.accessLog, coldStart);
  const consumers = registryOf(
    plans.map((plan) => compileConsumer(plan, methods)),
    config.requestsVia,
  );
  warnOfRequestReaders(consumers.all(), logger);
  return new RecordDispatcher(consumers, new RecordProcessor({ http, config, log, observe }), config, log);
}

/** Warns of enhancers that fail every record: otherwise nobody notices until the first one arrives. */
function warnOfRequestReaders(consumers: readonly Consumer[], logger: Logger): void {
  const bound = new Map<string, string[]>();
  for (const { name, levels } of consumers) {
    for (const reader of levels.flatMap(requestReaders)) bound.set(reader, [...(bound.get(reader) ?? []), name]);
  }
  for (const [reader, names] of bound) {
    const what = reader === 'Object' ? 'An object among the guards, interceptors and filters' : reader;
    logger.warning(
      `${what} reads the request, but consumers have none. Put @For('http') on it, or check context.getType() first.`,
      { consumers: names },
    );
  }
}
