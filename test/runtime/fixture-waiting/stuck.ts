import 'reflect-metadata';
import { LambdaApplication, Module } from 'lambent';
import { never } from './never.js';

@Module({ providers: [{ provide: 'DATABASE', useFactory: never }] })
class StuckModule {}

export const { handler } = await LambdaApplication.create(StuckModule).ready();
