import type { Logger } from '../contracts/logger.js';
import type { ColdStart } from '../logging/cold-start.js';
import { RecordLog } from '../logging/record-log.js';
import { Consumers } from './consumers.js';
import type { HttpDispatcher } from './http-dispatcher.js';
import type { MethodCompiler } from './method-compiler.js';
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
  return new RecordDispatcher(new Consumers(methods), http, config, log);
}
