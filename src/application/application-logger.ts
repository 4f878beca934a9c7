import type { Logger } from '../contracts/logger.js';
import { createLogger } from '../logging/create-logger.js';
import { setProcessLogger } from '../logging/current-logger.js';
import type { ApplicationConfig } from './config.js';

/** The logger that the options ask for; lines outside of any event go to it from now on, too. */
export async function applicationLogger({ options, settings, wrapWriter }: ApplicationConfig): Promise<Logger> {
  const { accessLog } = options;
  const lambdaFields = typeof accessLog === 'object' && accessLog.lambdaFields;
  const defaults = { level: settings.LOG_LEVEL, lambdaFields: lambdaFields || undefined, wrapWriter };
  const logger = await createLogger(options.logger, defaults);
  setProcessLogger(logger);
  return logger;
}
