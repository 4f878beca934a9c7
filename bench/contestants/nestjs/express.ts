import serverlessExpress from '@codegenie/serverless-express';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import type { Context } from 'aws-lambda';
import type { NextFunction, Request, Response } from 'express';
import { writeLine } from './access-log.js';
import { OrderModule, validationPipe } from './order-app.js';

const app = await NestFactory.create<NestExpressApplication>(OrderModule, new ExpressAdapter(), { logger: false });
if (process.env['ACCESS_LOG'] === 'on') app.use(accessLog);
app.useGlobalPipes(validationPipe());
await app.init();

const proxy = serverlessExpress({ app: app.getHttpAdapter().getInstance(), resolutionMode: 'PROMISE' });

// Two parameters: Lambda's Node 24 refuses a handler that could take a callback.
export const handler = (event: unknown, context: Context) => proxy(event, context, () => undefined);

function accessLog(request: Request, response: Response, next: NextFunction) {
  const started = performance.now();
  response.on('finish', () => {
    writeLine({
      method: request.method,
      url: request.originalUrl,
      status: response.statusCode,
      duration: performance.now() - started,
    });
  });
  next();
}
