import type { Context as LambdaContext } from 'aws-lambda';
import type { Logger } from '../contracts/logger.js';
import { EventLog, runWithEventLog } from './event-log.js';

/** For lines of an application outside of any event: they share its logger, and nothing else. */
class ApplicationLog extends EventLog {
  constructor(logger: Logger) {
    super(undefined, {} as LambdaContext, logger);
  }

  override get traceId(): undefined {
    return undefined;
  }

  /** No line follows that fields could be added to. */
  override set(): void {}
}

/** Runs `task`, a start or an end, so that `getLogger()` means this application's logger, whatever others there are. */
export function runAsApplication<T>(logger: Logger, task: () => T): T {
  return runWithEventLog(new ApplicationLog(logger), task);
}
