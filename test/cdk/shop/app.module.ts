import 'reflect-metadata';
import { IsString } from 'class-validator';
import { All, Controller, Get, Head, Module, Param, Post, Req, type Request } from 'lambent';
import { ConsumersModule } from './consumers.module.js';

class NewOrder {
  @IsString()
  sku!: string;
}

@Controller('orders')
export class OrdersController {
  @Post('/', { status: 201 })
  create(order: NewOrder) {
    return order;
  }

  @Get(':id')
  find(@Param('id') id: string) {
    return { id };
  }

  @Head(':order/lines/:line?')
  lines() {
    return [];
  }

  @Get(':id/files/:name.:ext')
  file() {
    return 'file';
  }

  @Get(':id/pages/*path')
  page(@Param('path') path: string) {
    return { path };
  }
}

@Controller()
export class EverythingController {
  @All('proxy')
  proxy(@Req() { method }: Request) {
    return { method };
  }

  @Get(':slug')
  slug(@Param('slug') slug: string) {
    return { slug };
  }
}

@Module({ imports: [ConsumersModule], controllers: [OrdersController, EverythingController] })
export class AppModule {}

/** Without consumers. */
@Module({ controllers: [OrdersController, EverythingController] })
export class ApiModule {}

console.log('{ "said": "while it is loaded" }');
