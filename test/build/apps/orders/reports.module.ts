import { Controller, Get, Module } from 'lambent';

@Controller()
class ReportsController {
  @Get('sales')
  sales() {
    return { sales: 'loaded when it was asked for' };
  }
}

@Module({ controllers: [ReportsController] })
export class ReportsModule {}
