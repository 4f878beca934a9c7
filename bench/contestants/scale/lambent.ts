import 'reflect-metadata';
import { Body, Controller, Get, Inject, Injectable, LambdaApplication, Module, OnSqs, Param } from 'lambent';
import { moduleGraph } from '../shared/module-graph.mjs';

/** Bootstraps `size` modules with ten controllers each. */
export async function start(size: number) {
  const root = moduleGraph({ Controller, Get, Inject, Injectable, Module, Param }, size);
  const app = await LambdaApplication.create(root, { accessLog: false }).ready();
  return app.handler;
}

@Injectable()
class StockConsumer {
  private taken = 0;

  @OnSqs('orders')
  take(@Body() { quantity }: Record<string, number>) {
    this.taken += quantity ?? 0;
  }
}

@Module({ providers: [StockConsumer] })
class StockModule {}

/** A consumer of a queue. */
export async function consume() {
  return (await LambdaApplication.create(StockModule, { accessLog: false }).ready()).handler;
}
