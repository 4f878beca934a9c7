// Compiled by `npm run types`, never run.
import { RateLimit, RateLimitModule } from '../../src/rate-limit/index.js';

@RateLimit({ limit: 1, per: 'minute', by: 'ip' })
export class Limited {
  @RateLimit({ limit: 1, per: 90, by: 'user', name: 'writes', onError: 'allow' })
  @RateLimit({ limit: 1, per: 'day', by: ({ request }) => request.params['tenant'] })
  @RateLimit({ limit: 1, per: 'day', by: async ({ request }) => ['tenant', request.ip] })
  list(): void {}
}

// @ts-expect-error: who is counted is always said
RateLimit({ limit: 1, per: 'minute' });
// @ts-expect-error: no such period
RateLimit({ limit: 1, per: 'week', by: 'ip' });
// @ts-expect-error: headers are no word for a caller
RateLimit({ limit: 1, per: 'day', by: 'header' });

RateLimitModule.forRoot({ store: 'memory' });
RateLimitModule.forRoot({ store: { table: 'limits', timeout: 0.5 }, onError: 'allow' });
RateLimitModule.forRootAsync({ useFactory: () => ({ store: 'memory' as const }) });
// @ts-expect-error: no such store
RateLimitModule.forRoot({ store: 'redis' });
// @ts-expect-error: a table has a name
RateLimitModule.forRoot({ store: {} });
