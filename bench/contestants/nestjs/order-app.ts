import 'reflect-metadata';
import {
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  HttpStatus,
  Injectable,
  Module,
  type NestInterceptor,
  Param,
  Post,
  Query,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
} from '@nestjs/common';
import { map } from 'rxjs';
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
  canActivate(context: ExecutionContext) {
    return context.switchToHttp().getRequest<{ headers: Record<string, string> }>().headers['x-api-key'] === API_KEY;
  }
}

@Injectable()
class VersionInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    context.switchToHttp().getResponse<{ header(name: string, value: string): void }>().header('x-api-version', '1');
    return next.handle();
  }
}

@Injectable()
class EnvelopeInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

@Controller('orders')
class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get(':id')
  find(@Param('id') id: string, @Query('expand') expand?: string) {
    return this.orders.find(id, expand);
  }

  @Post()
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

export const validationPipe = () =>
  new ValidationPipe({ transform: true, errorHttpStatusCode: HttpStatus.UNPROCESSABLE_ENTITY });
