import { instanceToPlain } from 'class-transformer';
import {
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Response,
  StreamResponse,
  Timeout,
} from 'lambent';
import { encodeCursor } from './cursor.js';
import { CreateOrderDto } from './dto/create-order.dto.js';
import { ListOrdersQuery } from './dto/list-orders.query.js';
import { UpdateStatusDto } from './dto/update-status.dto.js';
import type { Order } from './order.js';
import { OrderFactory } from './order-factory.js';
import { OrdersService } from './orders.service.js';

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post('/', { status: 201 })
  async create(input: CreateOrderDto, @Inject() factory: OrderFactory, response: Response) {
    const order = await this.orders.place(factory.create(input));
    response.headers['location'] = `/orders/${order.id}`;
    return order;
  }

  @Get()
  async list(@Query() query: ListOrdersQuery) {
    const { orders, last } = await this.orders.list(query);
    return { orders, ...(last && { nextCursor: encodeCursor(last) }) };
  }

  /** One JSON document a line (NDJSON). The streaming handler sends each page while the next one is read. */
  @Get('export')
  @Timeout(5)
  export(signal: AbortSignal) {
    return new StreamResponse(toLines(this.orders.pages(signal)), {
      mediaType: 'application/x-ndjson',
      headers: { 'content-disposition': 'attachment; filename="orders.ndjson"' },
    });
  }

  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.orders.get(id);
  }

  @Patch(':id/status')
  changeStatus(@Param('id', ParseUUIDPipe) id: string, change: UpdateStatusDto) {
    return this.orders.changeStatus(id, change.status);
  }

  @Delete(':id')
  remove(@Param('id', ParseUUIDPipe) id: string) {
    return this.orders.remove(id);
  }
}

async function* toLines(pages: AsyncIterable<Order[]>): AsyncGenerator<string> {
  for await (const orders of pages) {
    yield orders.map((order) => `${JSON.stringify(instanceToPlain(order))}\n`).join('');
  }
}
