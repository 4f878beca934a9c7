import { IsString } from 'class-validator';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get, Post } from '../../../src/decorators/routes.js';
import { DiscoveryService } from '../../../src/modules/discovery-service.js';
import { Scope } from '../../../src/shared/provider.js';
import { createApp } from '../create-app.js';

const Webhook = DiscoveryService.createDecorator<{ name: string }>();
const Command = DiscoveryService.createDecorator<string>();

@Webhook({ name: 'payments' })
@Injectable()
class Payments {
  @Command('refund') refund() {}
  other() {}
}

@Webhook()
@Injectable({ scope: Scope.TRANSIENT })
class Fresh {}

@Injectable()
class Plain {}

class Item {
  @IsString() name!: string;
}

@Webhook({ name: 'shop' })
@Controller('shop')
class Shop {
  @Get() list() {}
  // Its reader is a provider that only this method gets.
  @Post() add(_item: Item) {}
}

@Module({ providers: [Payments, { provide: 'made', useFactory: () => new Plain() }], controllers: [Shop] })
class PaymentsModule {}

@Injectable()
class Explorer {
  constructor(readonly discovery: DiscoveryService) {}
}

const metadata = {
  imports: [PaymentsModule],
  providers: [Explorer, Fresh, { provide: 'item', useClass: Plain, multi: true }],
};
const explore = async () => (await createApp(metadata).ready()).get(Explorer).discovery;

describe('DiscoveryService', () => {
  test('lists the providers of all modules with their instances, without module classes', async () => {
    const app = await createApp(metadata).ready();
    const providers = app.get(Explorer).discovery.getProviders();
    const own = providers.filter(({ module }) => module !== 'Lambent');
    expect(own.map(({ name, module, scope, metatype }) => [name, module, scope, metatype])).toEqual([
      ['Payments', 'PaymentsModule', 'default', Payments],
      ['"made"', 'PaymentsModule', 'default', Plain],
      ['Explorer', 'AppModule', 'default', Explorer],
      ['Fresh', 'AppModule', 'transient', Fresh],
      ['"item" (Plain)', 'AppModule', 'default', Plain],
    ]);
    expect(own.map(({ instance }) => instance)).toEqual([
      app.get(Payments),
      app.get('made'),
      app.get(Explorer),
      undefined,
      app.get<unknown[]>('item')[0],
    ]);
    expect(own[0]!.token).toBe(Payments);
  });

  test('lists those with a decorator, and controllers', async () => {
    const discovery = await explore();
    const found = discovery.getProviders({ metadataKey: Webhook.KEY });
    expect(found.map((one) => [one.name, discovery.getMetadataByDecorator(Webhook, one)])).toEqual([
      ['Payments', { name: 'payments' }],
      ['Fresh', {}],
    ]);
    const [shop] = discovery.getControllers({ metadataKey: Webhook.KEY });
    expect([shop?.instance, discovery.getMetadataByDecorator(Webhook, shop!)]).toEqual([
      expect.any(Shop),
      { name: 'shop' },
    ]);
    expect(discovery.getControllers({ metadataKey: Command.KEY })).toEqual([]);
  });

  test('reads what a decorator says about a method', async () => {
    const discovery = await explore();
    const [payments] = discovery.getProviders({ metadataKey: Webhook.KEY });
    const read = (key: string) => discovery.getMetadataByDecorator(Command, payments!, key);
    expect([read('refund'), read('other'), read('absent'), read('constructor')]).toEqual([
      'refund',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('lists the methods of a class and its parents, or those with a decorator, and reads no accessor', async () => {
    const symbol = Symbol('tidy');
    class Parent {
      @Command('open') open() {}
      @Command('close') close() {}
      @Command('tidy') [symbol]() {}
      get broken(): string {
        throw new Error('It was read without an instance');
      }
    }
    @Injectable()
    class Child extends Parent {
      field = () => 1;
      override close() {}
      own() {}
    }
    const odd = ['text', null, { run: () => 1 }, () => 1].map((useValue, index) => ({ provide: `${index}`, useValue }));
    const app = await createApp({ providers: [Child, Explorer, ...odd] }).ready();
    const { discovery } = app.get(Explorer);
    const [child, explorer, ...others] = discovery.getProviders();
    expect(discovery.getMethodNames(child!)).toEqual(['close', 'own', 'open', symbol]);
    const found = discovery.getMethodNames(child!, { metadataKey: Command.KEY });
    expect(found.map((name) => discovery.getMetadataByDecorator(Command, child!, name))).toEqual(['open', 'tidy']);
    expect(discovery.getMetadataByDecorator(Command, child!, 'broken')).toBeUndefined();
    for (const one of [explorer!, ...others.slice(0, odd.length)]) expect(discovery.getMethodNames(one)).toEqual([]);
    expect(() => discovery.getMethodNames(child!, { metadataKey: undefined } as never)).toThrow(/metadataKey/);
  });

  test('lists an instance with a decorator once, whatever other names it has', async () => {
    const aliases = ['a', 'b'].map((provide) => ({ provide, useExisting: Payments }));
    const app = await createApp({ providers: [Payments, Explorer, ...aliases] }).ready();
    const { discovery } = app.get(Explorer);
    expect(discovery.getProviders({ metadataKey: Webhook.KEY }).map(({ name }) => name)).toEqual(['Payments']);
    expect(discovery.getProviders().filter(({ isAlias }) => isAlias)).toHaveLength(2);
  });

  test('has no instances yet while they are being created', async () => {
    @Injectable()
    class Hasty {
      readonly seen: unknown[];
      constructor(discovery: DiscoveryService) {
        this.seen = discovery.getProviders({ metadataKey: Webhook.KEY }).map(({ instance }) => instance);
      }
    }
    const app = await createApp({ providers: [Payments, Hasty] }).ready();
    expect(app.get(Hasty).seen).toEqual([undefined]);
  });

  test('refuses options that would list everything', async () => {
    const discovery = await explore();
    for (const odd of [{ metadataKey: undefined }, { metadataKey: 'name' }, { decorator: Webhook }])
      expect(() => discovery.getProviders(odd as never)).toThrow(/options of DiscoveryService/);
  });
});
