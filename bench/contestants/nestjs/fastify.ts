import awsLambdaFastify from '@fastify/aws-lambda';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { writeLine } from './access-log.js';
import { OrderModule, validationPipe } from './order-app.js';

const app = await NestFactory.create<NestFastifyApplication>(OrderModule, new FastifyAdapter(), { logger: false });
const fastify = app.getHttpAdapter().getInstance();
if (process.env['ACCESS_LOG'] === 'on') {
  fastify.addHook('onResponse', async (request, reply) => {
    writeLine({ method: request.method, url: request.url, status: reply.statusCode, duration: reply.elapsedTime });
  });
}
app.useGlobalPipes(validationPipe());
await app.init();

export const handler = awsLambdaFastify(fastify, { decorateRequest: false });
await fastify.ready();
