import { Inject, Injectable, Optional } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { INQUIRER } from '../../../src/modules/inquirer.js';
import { Scope } from '../../../src/shared/provider.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../create-app.js';

@Injectable({ scope: Scope.TRANSIENT })
class NamedLogger {
  constructor(@Inject(INQUIRER) readonly inquirer: object | undefined) {}

  get name(): string {
    return this.inquirer?.constructor.name ?? 'nobody';
  }
}

@Injectable()
class Orders {
  constructor(readonly logger: NamedLogger) {}
}

@Injectable()
class Carts {
  @Inject() readonly logger!: NamedLogger;
}

const messageOf = (provider: object): Promise<string> =>
  createApp({ providers: [provider as never] })
    .ready()
    .then(
      () => 'nothing failed',
      (error: Error) => error.message,
    );

describe('INQUIRER', () => {
  test('is an object of the class that depends on the transient provider', async () => {
    const app = await createApp({ providers: [NamedLogger, Orders, Carts] }).ready();
    const { logger } = app.get(Orders);
    expect([logger.name, app.get(Carts).logger.name]).toEqual(['Orders', 'Carts']);
    expect(logger.inquirer).toBeInstanceOf(Orders);
    expect(logger.inquirer).not.toBe(app.get(Orders));
    expect(Object.keys(logger.inquirer!)).toEqual([]);
  });

  test('crosses modules, aliases and further transient providers, each with its own', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Tracer {
      constructor(
        readonly logger: NamedLogger,
        @Inject(INQUIRER) readonly inquirer: object,
      ) {}
    }
    @Injectable()
    class Payments {
      constructor(
        readonly tracer: Tracer,
        @Inject('logger') readonly logger: NamedLogger,
      ) {}
    }
    @Module({
      providers: [NamedLogger, Tracer, { provide: 'logger', useExisting: NamedLogger }],
      exports: [Tracer, 'logger'],
    })
    class LogModule {}
    const app = await createApp({ imports: [LogModule], providers: [Payments] }).ready();
    const { tracer, logger } = app.get(Payments);
    expect([tracer.inquirer.constructor, tracer.logger.name, logger.name]).toEqual([Payments, 'Tracer', 'Payments']);
  });

  test('is known to what events create', async () => {
    @Controller({ path: '', scope: Scope.REQUEST })
    class Shop {
      constructor(private readonly logger: NamedLogger) {}
      @Get() name(@Inject(NamedLogger) own: NamedLogger) {
        return [this.logger.name, own.name];
      }
    }
    const app = createApp({ controllers: [Shop], providers: [NamedLogger] });
    const answers = await Promise.all([1, 2].map(() => inject(app, { url: '/' })));
    expect(answers.map((answer) => answer.json<string[]>())).toEqual([
      ['Shop', 'nobody'],
      ['Shop', 'nobody'],
    ]);
  });

  test('is undefined where no class asks: in a factory, and for app.resolve', async () => {
    const made = { provide: 'made', useFactory: (logger: NamedLogger) => logger.name, inject: [NamedLogger] };
    const app = await createApp({ providers: [NamedLogger, made, Orders] }).ready();
    expect(app.get('made')).toBe('nobody');
    expect((await app.resolve(NamedLogger)).name).toBe('nobody');
  });

  test('is given to factories of transient providers', async () => {
    const made = {
      provide: 'name',
      scope: Scope.TRANSIENT,
      inject: [INQUIRER],
      useFactory: (by: object) => by.constructor.name,
    };
    @Injectable()
    class Asking {
      constructor(@Inject('name') readonly name: string) {}
    }
    expect((await createApp({ providers: [made, Asking] }).ready()).get(Asking).name).toBe('Asking');
  });

  test('is never started, stopped or disposed of, as instances of its class are', async () => {
    const calls: string[] = [];
    @Injectable()
    class Pool {
      static onModuleInit() {
        calls.push('static hook');
      }
      constructor(readonly logger: NamedLogger) {}
      onModuleInit() {
        calls.push(`started ${this.logger.name}`);
      }
      [Symbol.dispose]() {
        calls.push(`disposed ${this.logger.name}`);
      }
    }
    const app = await createApp({ providers: [NamedLogger, Pool] }).ready();
    await app.close();
    expect(calls).toEqual(['started Pool', 'disposed Pool']);
  });

  test('is refused in providers that several share, optional or not', async () => {
    @Injectable()
    class Shared {
      constructor(@Inject(INQUIRER) readonly inquirer: object) {}
    }
    @Injectable({ scope: Scope.REQUEST })
    class SharedInEvent {
      constructor(@Optional() @Inject(INQUIRER) readonly inquirer?: object) {}
    }
    for (const provider of [Shared, SharedInEvent])
      expect(await messageOf(provider)).toContain(
        'INQUIRER is for transient providers, because the others are shared by their dependants: add ' +
          '{ scope: Scope.TRANSIENT } to the provider.',
      );
  });

  test('does not hide a circle', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class One {
      constructor(
        @Inject(INQUIRER) readonly inquirer: object,
        @Inject('two') readonly two: object,
      ) {}
    }
    @Injectable({ scope: Scope.TRANSIENT })
    class Two {
      constructor(@Inject(One) readonly one: One) {}
    }
    await expect(createApp({ providers: [One, { provide: 'two', useClass: Two }] }).ready()).rejects.toThrow(
      'depend on each other in a circle',
    );
    const [a, b] = [
      { provide: 'a', useExisting: 'b' },
      { provide: 'b', useExisting: 'a' },
    ];
    await expect(createApp({ providers: [a, b, NamedLogger, Orders] }).ready()).rejects.toThrow('circle');
  });
});
