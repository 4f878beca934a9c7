import type { ApplicationOptions } from 'lambent';

/** The options of the application. */
export const options: ApplicationOptions = {
  accessLog: { ignorePaths: ['/health'] },
  bodyLimit: '1mb',
  cors: { origin: process.env['CORS_ORIGIN'] ?? 'http://localhost:5173', exposeHeaders: ['location'], maxAge: 600 },
  etag: true,
  securityHeaders: true,
  // A DynamoDB item has at most 400 kB.
  uploads: { files: 1, fileSize: 256 * 1024 },
  validation: { whitelist: true, forbidNonWhitelisted: true },
};
