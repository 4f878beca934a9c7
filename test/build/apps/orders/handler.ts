import 'reflect-metadata';
import { LambdaApplication, lazy, Module } from 'lambent';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

const reports = lazy('reports', () => import('./reports.module.js').then((module) => module.ReportsModule));

@Module({ imports: [reports], controllers: [OrdersController], providers: [OrdersService] })
class AppModule {}

export const { handler } = await LambdaApplication.create(AppModule, { logger: { level: 'info' } }).ready();
