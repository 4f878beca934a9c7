// Compiled by `npm run types`, never run.
import { dynamoDbCheck, HealthModule, type HealthReport, httpCheck, sqsCheck } from '../../src/health/index.js';
import { expectType, type Same } from './expect-type.js';

class Connection {
  ping(): Promise<void> {
    return Promise.resolve();
  }
}

HealthModule.forRoot({
  checks: {
    database: dynamoDbCheck('orders', { timeout: 1 }),
    jobs: sqsCheck(() => process.env['JOBS']),
    shop: httpCheck(new URL('https://example.com'), { method: 'HEAD' }),
    own: async ({ signal, find }) => {
      expectType<Same<typeof signal, AbortSignal>>();
      await find(Connection)?.ping();
    },
    closing: { check: () => true, close() {} },
  },
  path: false,
});
HealthModule.forRootAsync({
  inject: [Connection],
  useFactory: (connection: Connection) => ({ database: () => connection.ping() }),
  ttl: 0,
});

// @ts-expect-error: a name is no check
HealthModule.forRoot({ checks: { database: 'orders' } });
// @ts-expect-error: checks are always said, if only {}
HealthModule.forRoot({});
// @ts-expect-error: nothing is sent
httpCheck('https://example.com', { method: 'POST' });

expectType<Same<HealthReport['status'], 'ok' | 'error'>>();
