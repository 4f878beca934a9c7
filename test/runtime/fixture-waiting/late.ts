import 'reflect-metadata';
import { LambdaApplication, Module } from 'lambent';
import { never } from './never.js';

@Module({ providers: [{ provide: 'DATABASE', useFactory: never }] })
class LateModule {}

// Not awaited: the first event waits for it.
export const { handler, streamingHandler } = LambdaApplication.create(LateModule, { timeoutMargin: 1350 });
