import { APP_GUARD, Module } from 'lambent';
import { OrdersConfig } from '../orders-config.js';
import { API_KEY, ApiKeyGuard } from './api-key.guard.js';
import { Caller } from './caller.js';

@Module({
  providers: [
    { provide: API_KEY, inject: [OrdersConfig], useFactory: (config: OrdersConfig) => config.apiKey },
    { provide: APP_GUARD, useClass: ApiKeyGuard },
    Caller,
  ],
  exports: [Caller],
})
export class AuthModule {}
