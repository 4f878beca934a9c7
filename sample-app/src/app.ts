import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';
import { options } from './options.js';

export const app = LambdaApplication.create(AppModule, options);
