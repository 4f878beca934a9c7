import { auth } from './auth.js';
import { cache } from './cache.js';
import { config } from './config.js';
import { health } from './health.js';
import { idempotency } from './idempotency.js';
import { messaging } from './messaging.js';
import { metrics } from './metrics.js';
import { rateLimit } from './rate-limit.js';
import type { Service } from './service.js';
import { tracing } from './tracing.js';

/** The services of `lambent add`, by name. */
export const SERVICES: Readonly<Record<string, Service>> = {
  auth,
  config,
  metrics,
  tracing,
  'rate-limit': rateLimit,
  cache,
  health,
  messaging,
  idempotency,
};
