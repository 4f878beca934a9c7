import type { Logger as WinstonLogger } from 'winston';

/** Recognizes a winston logger by its shape, because the user may have another copy of winston. */
export function isWinstonLogger(option: unknown): option is WinstonLogger {
  const { write, isLevelEnabled } = (option ?? {}) as Partial<WinstonLogger>;
  return typeof write === 'function' && typeof isLevelEnabled === 'function';
}
