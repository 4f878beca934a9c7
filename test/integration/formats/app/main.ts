import 'reflect-metadata';
import { httpExceptionOfLibrary } from 'formats-library';
import { HttpException, LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';

export { builtBy } from './members/built-by.js';

export const { handler } = LambdaApplication.create(AppModule, { uploads: { fileSize: 8 } });

/** The same through winston, which is loaded for it. */
export const { handler: winstonHandler } = LambdaApplication.create(AppModule, { logger: { level: 'debug' } });

export const oneCopy = HttpException === httpExceptionOfLibrary;
