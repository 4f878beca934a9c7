import 'reflect-metadata';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  type Interceptor,
  Module,
  Param,
  Post,
  Query,
  UseGuards,
  UseInterceptors,
} from 'lambent';
import { API_KEY } from '../shared/api-key.mjs';
import { catalogue } from '../shared/catalogue.mjs';
import { summaryOf } from '../shared/order-summary.mjs';
import { Order } from '../shared/order.dto.js';

@Injectable()
class Orders {
  find(id: string, expand?: string) {
    return { id, expand };
  }

  create(order: Order) {
    return summaryOf(order);
  }
}

@Injectable()
class ApiKeyGuard implements CanActivate {
  canActivate({ request }: ExecutionContext) {
    return request.header('x-api-key') === API_KEY;
  }
}

@Injectable()
class VersionInterceptor implements Interceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    context.response.headers['x-api-version'] = '1';
    return next.handle();
  }
}

@Injectable()
class EnvelopeInterceptor implements Interceptor {
  async intercept(_context: ExecutionContext, next: CallHandler) {
    return { data: await next.handle() };
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get(':id')
  find(@Param('id') id: string, @Query('expand') expand?: string) {
    return this.orders.find(id, expand);
  }

  @Post('/', { status: 201 })
  create(@Body() order: Order) {
    return this.orders.create(order);
  }
}

@Controller('guarded')
@UseGuards(ApiKeyGuard)
@UseInterceptors(VersionInterceptor, EnvelopeInterceptor)
class GuardedController {
  constructor(private readonly orders: Orders) {}

  @Get(':id')
  find(@Param('id') id: string) {
    return this.orders.find(id);
  }
}

@Controller('catalogue')
class CatalogueController {
  @Get()
  list() {
    return catalogue;
  }
}

@Module({ controllers: [OrdersController, GuardedController, CatalogueController], providers: [Orders] })
export class OrderModule {}
