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
import { ApiOperation, ApiResponse } from 'lambent/openapi';
import { RateLimit } from 'lambent/rate-limit';
import { encodeCursor } from './cursor.js';
import { CreateOrderDto } from './dto/create-order.dto.js';
import { ListOrdersQuery } from './dto/list-orders.query.js';
import { UpdateStatusDto } from './dto/update-status.dto.js';
import { OrderFactory } from './order-factory.js';
import { Order } from './order.js';
import { OrdersPage } from './orders-page.js';
import { OrdersService } from './orders.service.js';

@ApiResponse({ status: 401, description: 'The API key is missing or wrong.' })
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @ApiOperation({ summary: 'Place an order' })
  @ApiResponse({ status: 201, type: Order, headers: { location: 'Where the order is.' } })
  @Post('/', { status: 201 })
  async create(input: CreateOrderDto, @Inject() factory: OrderFactory, response: Response) {
    const order = await this.orders.place(factory.create(input));
    response.headers['location'] = `/orders/${order.id}`;
    return order;
  }

  @ApiOperation({ summary: 'List orders, newest first' })
  @ApiResponse({ status: 200, type: OrdersPage })
  @Get()
  async list(@Query() query: ListOrdersQuery): Promise<OrdersPage> {
    const { orders, last } = await this.orders.list(query);
    return { orders, ...(last && { nextCursor: encodeCursor(last) }) };
  }

  /**
   * Export every order. One JSON document a line (NDJSON). The streaming handler sends each page while the next one is
   * read.
   */
  @ApiOperation({ summary: 'Export every order' })
  @ApiResponse({ status: 200, mediaType: 'application/x-ndjson' })
  @RateLimit({ limit: 10, per: 'minute', by: 'user' })
  @Get('export')
  @Timeout(5)
  export(signal: AbortSignal) {
    return new StreamResponse(toLines(this.orders.pages(signal)), {
      mediaType: 'application/x-ndjson',
      headers: { 'content-disposition': 'attachment; filename="orders.ndjson"' },
    });
  }

  @ApiOperation({ summary: 'Get an order' })
  @ApiResponse({ status: 200, type: Order })
  @ApiResponse({ status: 404, description: 'There is no such order.' })
  @Get(':id')
  get(@Param('id', ParseUUIDPipe) id: string) {
    return this.orders.get(id);
  }

  @ApiOperation({ summary: 'Change the status of an order' })
  @ApiResponse({ status: 200, type: Order })
  @ApiResponse({ status: 404, description: 'There is no such order.' })
  @ApiResponse({ status: 409, description: 'Its status does not lead there.' })
  @Patch(':id/status')
  changeStatus(@Param('id', ParseUUIDPipe) id: string, change: UpdateStatusDto) {
    return this.orders.changeStatus(id, change.status);
  }

  @ApiOperation({ summary: 'Delete an order' })
  @ApiResponse({ status: 204 })
  @ApiResponse({ status: 404, description: 'There is no such order.' })
  @ApiResponse({ status: 409, description: 'The customer has paid.' })
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
