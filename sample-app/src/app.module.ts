import 'reflect-metadata';
import { APP_FILTER, APP_INTERCEPTOR, Module } from 'lambent';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { HealthController } from './health/health.controller.js';
import { ServerTimingInterceptor } from './http/server-timing.interceptor.js';
import { ThrottlingFilter } from './http/throttling.filter.js';
import { OrdersModule } from './orders/orders.module.js';

@Module({
  imports: [AuthModule, OrdersModule, AttachmentsModule],
  controllers: [HealthController],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: ServerTimingInterceptor },
    { provide: APP_FILTER, useClass: ThrottlingFilter },
  ],
})
export class AppModule {}
