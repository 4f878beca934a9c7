import { Module } from 'lambent';
import { AuthModule } from '../auth/auth.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { OrderFactory } from './order-factory.js';
import { OrdersController } from './orders.controller.js';
import { OrdersRepository } from './orders.repository.js';
import { OrdersService } from './orders.service.js';

@Module({
  imports: [AuthModule, DatabaseModule],
  controllers: [OrdersController],
  providers: [OrdersService, OrdersRepository, OrderFactory],
  exports: [OrdersService],
})
export class OrdersModule {}
