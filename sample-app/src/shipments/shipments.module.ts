import { Module } from 'lambent';
import { DatabaseModule } from '../database/database.module.js';
import { OrdersModule } from '../orders/orders.module.js';
import { ShipmentsConsumer } from './shipments.consumer.js';
import { ShipmentsController } from './shipments.controller.js';
import { ShipmentsRepository } from './shipments.repository.js';
import { ShipmentsService } from './shipments.service.js';

@Module({
  imports: [DatabaseModule, OrdersModule],
  controllers: [ShipmentsController],
  providers: [ShipmentsConsumer, ShipmentsService, ShipmentsRepository],
})
export class ShipmentsModule {}
