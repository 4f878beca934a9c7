import 'reflect-metadata';
import { fromMiddy, LambdaApplication, Module } from 'lambent';
import { never } from './never.js';

@Module({})
class AroundModule {}

const app = LambdaApplication.create(AroundModule, {
  timeoutMargin: 1350,
  interceptors: [fromMiddy({ before: never })],
});
await app.ready();

export const { handler, streamingHandler } = app;
