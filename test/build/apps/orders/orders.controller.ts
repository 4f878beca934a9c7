import { Controller, Get, Param, Post } from 'lambent';
import { NewOrder } from './order.js';
import { OrdersService } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post('/', { status: 201 })
  create(order: NewOrder) {
    return this.orders.create(order);
  }

  @Get(':id')
  find(@Param('id') id: number) {
    return this.orders.find(id);
  }

  @Post('reservations')
  reserve() {
    return this.orders.reserve();
  }
}
