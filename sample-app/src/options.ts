import type { ApplicationOptions } from 'lambent';
import { OrdersConfig } from './orders-config.js';

/** The options of the application. */
export const options: ApplicationOptions = {
  bodyLimit: '1mb',
  etag: true,
  // Debug lines are written only of events that fail.
  logger: { buffer: true, redact: ['email'] },
  securityHeaders: true,
  // A DynamoDB item has at most 400 kB.
  uploads: { files: 1, fileSize: 256 * 1024 },
  validation: { whitelist: true, forbidNonWhitelisted: true },
  configure: (app) => ({
    cors: { origin: app.get(OrdersConfig).corsOrigin, exposeHeaders: ['location'], maxAge: 600 },
  }),
};
