import 'reflect-metadata';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { OnS3, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Global, Module } from '../../src/decorators/module.js';
import { All, Controller, Get, Post, Version } from '../../src/decorators/routes.js';
import { lazy } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';

const constructed = jest.fn();
const factory = jest.fn();
const load = jest.fn();

@Injectable()
class Database {
  constructor() {
    constructed('Database');
  }
}

@Global()
@Module({ providers: [Database, { provide: 'URL', useFactory: factory }], exports: [Database] })
class DatabaseModule {}

@Controller({ path: ['orders', 'bestellungen'], version: '1' })
class Orders {
  constructor(readonly database: Database) {
    constructed('Orders');
  }
  @Get(':id') get() {}
  @Post() @Version(['1', '2']) create() {}
}

@Controller('health')
class Health {
  @All() check() {}
}

@Module({ imports: [DatabaseModule, lazy('reports', load), lazy('/reports/', load)], controllers: [Orders, Health] })
class AppModule {
  constructor() {
    constructed('AppModule');
  }
}

test('tells routes, modules and lazy prefixes, with nothing constructed, called or loaded', () => {
  const description = LambdaApplication.describe(AppModule, { versioning: { type: 'path' } });
  expect(description.routes.map(({ method, path, handler, module }) => [method, path, handler, module])).toEqual([
    ['GET', '/v1/orders/:id', 'Orders.get', 'AppModule'],
    ['GET', '/v1/bestellungen/:id', 'Orders.get', 'AppModule'],
    ['POST', '/v1/orders', 'Orders.create', 'AppModule'],
    ['POST', '/v2/orders', 'Orders.create', 'AppModule'],
    ['POST', '/v1/bestellungen', 'Orders.create', 'AppModule'],
    ['POST', '/v2/bestellungen', 'Orders.create', 'AppModule'],
    ['ALL', '/health', 'Health.check', 'AppModule'],
  ]);
  expect(description.routes[0]).toMatchObject({ controller: Orders, key: 'get' });
  expect(description.lazy).toEqual(['/reports']);
  expect(description.modules).toEqual([
    {
      name: 'DatabaseModule',
      global: true,
      imports: [],
      controllers: [],
      providers: expect.arrayContaining(['Database', '"URL"']),
      exports: ['Database'],
    },
    {
      name: 'AppModule',
      global: false,
      imports: ['DatabaseModule'],
      controllers: ['Orders', 'Health'],
      providers: expect.any(Array),
      exports: [],
    },
  ]);
  for (const called of [constructed, factory, load]) expect(called).not.toHaveBeenCalled();
});

test('a version of a header is told beside the path', () => {
  const { routes } = LambdaApplication.describe(AppModule, { versioning: { type: 'header', name: 'x-v' } });
  expect(routes.filter(({ key }) => key === 'create').map(({ path, version }) => [path, version])).toEqual([
    ['/orders', '1'],
    ['/orders', '2'],
    ['/bestellungen', '1'],
    ['/bestellungen', '2'],
  ]);
});

const describing =
  (controller: Constructor, options = {}) =>
  () => {
    @Module({ controllers: [controller] })
    class Root {}
    return LambdaApplication.describe(Root, options);
  };

describe('mistakes are told', () => {
  test('an unknown dependency', () => {
    @Controller()
    class Needy {
      constructor(@Inject('MISSING') readonly missing: string) {}
      @Get() get() {}
    }
    expect(describing(Needy)).toThrow(/Needy.*"MISSING"/s);
  });

  test('an unknown dependency of a guard', () => {
    @Injectable()
    class Guard {
      constructor(@Inject('MISSING') readonly missing: string) {}
      canActivate() {
        return true;
      }
    }
    @Controller()
    class Guarded {
      @Get() @UseGuards(Guard) get() {}
    }
    expect(describing(Guarded)).toThrow(/Guard.*"MISSING"/s);
  });

  test('two routes in one place', () => {
    @Controller()
    class Twice {
      @Get('a') one() {}
      @Get('/a') other() {}
    }
    expect(describing(Twice)).toThrow('Twice.one and Twice.other both handle GET /a.');
  });

  test('a version that nobody reads, and a parameter that nobody knows', () => {
    @Controller({ version: '1' })
    class Versioned {
      @Get() get() {}
    }
    expect(describing(Versioned)).toThrow(/Versioned\.get has the version 1/);
    @Controller()
    class Unknown {
      @Get() get(limit: number) {
        return limit;
      }
    }
    expect(describing(Unknown)).toThrow(/parameter 1 of Unknown\.get/);
  });

  test('an unknown option', () => {
    expect(describing(Health, { gaurds: [] })).toThrow(/gaurds/);
  });
});

test('tells the consumers of controllers and of providers', () => {
  class Shipping {
    @OnSqs('orders') ship() {}
    @OnS3({ bucket: 'uploads', event: 'ObjectCreated:*' }, { batch: true }) store() {}
  }
  @Module({ providers: [Shipping] })
  class Root {}
  expect(LambdaApplication.describe(Root).consumers).toEqual([
    {
      source: 'sqs',
      criteria: { queue: 'orders' },
      batch: false,
      handler: 'Shipping.ship',
      type: Shipping,
      key: 'ship',
      module: 'Root',
    },
    {
      source: 's3',
      criteria: { bucket: 'uploads', event: 'ObjectCreated:*' },
      batch: true,
      handler: 'Shipping.store',
      type: Shipping,
      key: 'store',
      module: 'Root',
    },
  ]);
});

test('tells in whose messages events and requests come', () => {
  class Uploads {
    @OnS3({ bucket: 'uploads', via: { sns: 'uploads', sqs: 'thumbnails' } }) store() {}
  }
  @Module({ providers: [Uploads] })
  class Root {}
  const { consumers, requestsVia } = LambdaApplication.describe(Root, { requestsVia: { sqs: ['api'] } });
  expect(consumers[0]).toMatchObject({ source: 's3', via: { sns: 'uploads', sqs: 'thumbnails' } });
  expect(requestsVia).toEqual([{ source: 'sqs', name: 'api' }]);
});
