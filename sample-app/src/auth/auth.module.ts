import { APP_GUARD, Module } from 'lambent';
import { ApiKeyModule, AuthGuard } from 'lambent/auth';
import { OrdersConfig } from '../orders-config.js';
import { Caller } from './caller.js';

/** The key that callers send in `x-api-key`. */
const apiKeys = ApiKeyModule.forRootAsync({
  inject: [OrdersConfig],
  useFactory: ({ apiKey }: OrdersConfig) => ({ keys: [{ name: 'orders', key: apiKey }] }),
});

/**
 * Requires the key for every route without `@Public()`. Events of queues, streams and schedules are protected by AWS
 * permissions.
 */
@Module({
  imports: [apiKeys],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }, Caller],
  exports: [Caller],
})
export class AuthModule {}
