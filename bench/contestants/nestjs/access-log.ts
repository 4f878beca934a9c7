import { ConsoleLogger } from '@nestjs/common';

interface Exchange {
  method: string;
  url: string;
  status: number;
  duration: number;
}

const logger = new ConsoleLogger('access', { json: true, compact: true });

/** Writes one JSON line per request with Nest's own logger. */
export function writeLine({ method, url, status, duration }: Exchange) {
  logger.log({ method, path: url.split('?', 1)[0], status, duration });
}
