import { Injectable, LambdaApplication, Module } from 'lambent';

@Injectable()
class Warehouse {}

@Injectable()
class StockService {
  constructor(readonly warehouse: Warehouse) {}
}

@Module({ providers: [StockService] })
class StockModule {}

export const { handler } = LambdaApplication.create(StockModule, { accessLog: false });
