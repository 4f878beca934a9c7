import 'reflect-metadata';
import { Body, Injectable, LambdaApplication, Module, OnSqs } from 'lambent';

@Injectable()
class StockConsumer {
  private taken = 0;

  @OnSqs('orders')
  async take(@Body() { quantity }: Record<string, number>) {
    this.taken += quantity ?? 0;
  }
}

@Module({ providers: [StockConsumer] })
class StockModule {}

/** Consumes a queue with an asynchronous method. */
export const { handler } = await LambdaApplication.create(StockModule, { accessLog: false }).ready();
