import { IsInt, IsString, Min } from 'class-validator';
import {
  type CanActivate,
  Controller,
  Get,
  getLogger,
  Injectable,
  Logger,
  Module,
  OnSqs,
  Param,
  Post,
  UseGuards,
} from 'lambent';

export class NewOrder {
  @IsString() sku!: string;
  @IsInt() @Min(1) quantity!: number;
}

@Injectable()
export class Prices {
  of(_sku: string): number {
    throw new Error('There are no prices here');
  }
}

/** Lets nobody pass. */
@Injectable()
export class StaffGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

@Injectable()
export class Orders {
  readonly placed: NewOrder[] = [];

  // By their types alone: a runner that emits none leaves nothing to inject.
  constructor(
    private readonly prices: Prices,
    private readonly logger: Logger,
  ) {}

  place(order: NewOrder): number {
    this.placed.push(order);
    this.logger.info('Placed', { sku: order.sku });
    return order.quantity * this.prices.of(order.sku);
  }
}

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Post()
  place(order: NewOrder) {
    return { total: this.orders.place(order), checked: order instanceof NewOrder };
  }

  @Get('slow')
  slow(signal: AbortSignal) {
    return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  }

  @Get(':index')
  find(@Param('index') index: number) {
    getLogger().set({ index });
    return this.orders.placed[index];
  }

  @UseGuards(StaffGuard)
  @Get('all')
  all() {
    return this.orders.placed;
  }

  @OnSqs('orders')
  take(order: NewOrder) {
    this.orders.place(order);
  }
}

@Module({ controllers: [OrdersController], providers: [Orders, Prices] })
export class OrdersModule {}
