import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';

export const { handler } = await LambdaApplication.create(AppModule).ready();
