import type { Logger } from '../contracts/logger.js';
import type { ColdStart } from '../logging/cold-start.js';
import { RecordLog } from '../logging/record-log.js';
import type { Consumer } from './consumer.js';
import { compileConsumers } from './consumers.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import type { MethodCompiler } from './method-compiler.js';
import { requestReaders } from './reads-request.js';
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
    logger.warning(`${what} asks for the request, which consumers have none of. Put @For('http') on it, or ask context.getType() first.`, { consumers: names });
  }
}
