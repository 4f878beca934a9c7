import { setTimeout as sleep } from 'node:timers/promises';
import { IsInt, IsString } from 'class-validator';
import { Body, Injectable, OnKinesis, OnSns, OnSqs } from 'lambent';

class Order {
  @IsString() id!: string;
  @IsInt() amount!: number;
}

export class OutOfStock extends Error {
  override readonly name = 'OutOfStock';
}

/** Each source takes the same orders: one without an amount is not valid, and of 0 there is nothing in stock. */
@Injectable()
export class OrdersConsumer {
  @OnSqs('orders')
  @OnSqs('orders.fifo')
  @OnSns('orders')
  @OnKinesis('orders')
  ship({ id, amount }: Order) {
    if (amount === 0) throw new OutOfStock(`no ${id} left`);
  }

  @OnSqs('parcels', { concurrency: 1 })
  async deliver(@Body('minutes') minutes: number) {
    await sleep(minutes * 60_000);
  }
}
