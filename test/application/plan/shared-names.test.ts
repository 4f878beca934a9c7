import { IdempotencyModule } from '../../../src/aws/idempotency/idempotency-module.js';
import { Idempotent } from '../../../src/aws/idempotency/idempotent.js';
import { Controller, Post } from '../../../src/decorators/routes.js';
import { RateLimitModule } from '../../../src/rate-limit/rate-limit-module.js';
import { RateLimit } from '../../../src/rate-limit/rate-limit.js';
import type { Constructor } from '../../../src/shared/types.js';
import { createApp } from '../create-app.js';

/** The decorators that keep something for a method, with a name of their own or without. */
const KEEPING: readonly (readonly [string, (name?: string) => MethodDecorator])[] = [
  ['@Idempotent', (name) => Idempotent({ key: 'body.id', ...(name && { name }) })],
  ['@RateLimit', (name) => RateLimit({ limit: 1, per: 60, by: 'ip', ...(name && { name }) }) as MethodDecorator],
];

const bootstrap = async (...controllers: Constructor[]) => {
  const client = {} as never;
  const imports = [
    IdempotencyModule.forRoot({ tableName: 'keys', client }),
    RateLimitModule.forRoot({ store: 'memory' }),
  ];
  await createApp({ imports, controllers }).ready();
};

/** Every call returns another class, all of one name. */
function ordersAt(path: string, decorator: MethodDecorator): Constructor {
  @Controller(path)
  class Orders {
    @decorator @Post() create() {}
  }
  return Orders;
}

describe.each(KEEPING)('what %s keeps for each method', (name, decorator) => {
  test('needs a name that no other class has', async () => {
    const bothAt = ['v1', 'v2'].map((path) => ordersAt(path, decorator()));
    await expect(bootstrap(...bothAt)).rejects.toThrow(
      `Two classes have what ${name} keeps under one name, Orders.create, and their callers would share it.`,
    );
  });

  test('is kept apart by a name of its own', async () => {
    await bootstrap(ordersAt('v1', decorator('first')), ordersAt('v2', decorator('second')));
    await bootstrap(ordersAt('v1', decorator()), ordersAt('v2', decorator('second')));
  });

  test('is kept for each class that inherits the method', async () => {
    class Crud {
      @decorator() @Post() create() {}
    }
    @Controller('orders')
    class Orders extends Crud {}
    @Controller('users')
    class Users extends Crud {}
    await bootstrap(Orders, Users);
  });
});

test('results are never stored for two classes under a name that was given once', async () => {
  class Crud {
    @Idempotent({ key: 'body.id', name: 'create' }) @Post() create() {}
  }
  @Controller('orders')
  class Orders extends Crud {}
  @Controller('users')
  class Users extends Crud {}
  await expect(bootstrap(Orders, Users)).rejects.toThrow('@Idempotent keeps under one name, create,');
});
