import { UseGuards } from '../../src/decorators/enhancers.js';
import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { Scope } from '../../src/shared/provider.js';
import { InjectionToken, type Token } from '../../src/shared/token.js';
import { autoMock } from '../../src/testing/mocks.js';
import { Test } from '../../src/testing/testing-module-builder.js';

class Connection {
  #open = true;
  get isOpen(): boolean {
    return this.#open;
  }
  close(): string {
    throw new Error('There is no connection here');
  }
}

class Table extends Connection {
  constructor(readonly url: string) {
    super();
    throw new Error(`There is no table at ${url}`);
  }
  async find(id: string): Promise<{ id: string } | undefined> {
    throw new Error(`There is no row ${id}`);
  }
}

const REGION = new InjectionToken<string>('REGION');

@Injectable()
class Orders {
  constructor(
    readonly table: Table,
    @Inject(REGION) readonly region: string,
  ) {}
}

const mocks = (token: Token): unknown => (token === REGION ? 'eu-west-1' : autoMock(token));

describe('useMocker', () => {
  test('replaces what no module provides, once a token, wherever it is asked for', async () => {
    const asked: Token[] = [];
    @Injectable()
    class Carts {
      constructor(readonly table: Table) {}
    }
    @Module({ providers: [Carts], exports: [Carts] })
    class CartsModule {}
    await using app = await Test.createTestingModule({ imports: [CartsModule], providers: [Orders] })
      .useMocker((token) => {
        asked.push(token);
        return mocks(token);
      })
      .compile();
    expect(asked).toEqual([Table, REGION]);
    expect(app.get(Orders)).toMatchObject({ region: 'eu-west-1', table: app.get(Carts).table });
    expect(app.get(Table)).toBe(app.get(Orders).table);
  });

  test('leaves what a module provides alone', async () => {
    const table = { find: () => undefined };
    await using app = await Test.createTestingModule({ providers: [Orders, { provide: Table, useValue: table }] })
      .useMocker(() => 'mock')
      .compile();
    expect(app.get(Orders)).toEqual({ table, region: 'mock' });
  });

  test('replaces dependencies of controllers, guards, factories, methods and events', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Session {
      constructor(readonly table: Table) {}
    }
    class Guard {
      constructor(@Inject('allowed') private readonly allowed: boolean) {}
      canActivate() {
        return this.allowed;
      }
    }
    @UseGuards(Guard)
    @Controller()
    class Shop {
      constructor(
        private readonly session: Session,
        @Inject('made') private readonly made: string,
      ) {}
      @Get() show(@Inject('word') word: string) {
        return [this.session.table instanceof Table, this.made, word];
      }
    }
    await using app = await Test.createTestingModule({
      controllers: [Shop],
      providers: [Session, { provide: 'made', useFactory: (part: string) => `made of ${part}`, inject: ['part'] }],
    })
      .useMocker((token) => autoMock(token) ?? { allowed: true, part: 'mocks', word: 'hello' }[token as 'part'])
      .compile();
    expect((await app.inject({ url: '/' })).json()).toEqual([true, 'made of mocks', 'hello']);
  });

  test('is asked about optional dependencies, which stay missing where it returns nothing', async () => {
    @Injectable()
    class Cache {
      constructor(
        @Optional() @Inject('ttl') readonly ttl = 60,
        @Optional() readonly table?: Table,
      ) {}
    }
    await using app = await Test.createTestingModule({ providers: [Cache] })
      .useMocker()
      .compile();
    expect(app.get(Cache)).toEqual({ ttl: 60, table: expect.any(Table) as Table });
  });

  test('fails as without it where it returns nothing', async () => {
    await expect(
      Test.createTestingModule({ providers: [Orders] })
        .useMocker()
        .compile(),
    ).rejects.toThrow(
      'Orders in TestingModule needs InjectionToken(REGION) (constructor parameter 2 (region)), but nothing visible',
    );
    @Injectable()
    class Vague {
      constructor(readonly name: string) {}
    }
    await expect(
      Test.createTestingModule({ providers: [Vague] })
        .useMocker(() => 'mock')
        .compile(),
    ).rejects.toThrow('its type is String, which does not identify a provider');
  });

  test('refuses a promise, and what is no function', async () => {
    const builder = Test.createTestingModule({ providers: [Orders] }).useMocker(async () => ({}));
    await expect(builder.compile()).rejects.toThrow('The mock of Table is a promise');
    expect(() => Test.createTestingModule({}).useMocker({} as never)).toThrow('useMocker takes a function');
  });

  test('takes a mock function of the test runner', async () => {
    const mocker = jest.fn(mocks);
    await using app = await Test.createTestingModule({ providers: [Orders] })
      .useMocker(mocker)
      .compile();
    expect(app.get(Orders).region).toBe('eu-west-1');
    expect(mocker).toHaveBeenCalledTimes(2);
  });
});

describe('autoMock', () => {
  test('has every method of the class and its parents, which do nothing, and no accessors', () => {
    const table = autoMock(Table) as Table;
    expect(table).toBeInstanceOf(Table);
    expect([table.close(), table.find('7')]).toEqual([undefined, undefined]);
    expect(Object.keys(table).toSorted()).toEqual(['close', 'find']);
  });

  test('can be given behaviour by assignment or a spy', async () => {
    const table = autoMock(Table) as Table;
    table.find = async (id) => ({ id });
    expect(await table.find('7')).toEqual({ id: '7' });
    const close = jest.spyOn(table, 'close').mockReturnValue('closed');
    expect([table.close(), close.mock.calls.length]).toEqual(['closed', 1]);
    expect((autoMock(Table) as Table).close()).toBeUndefined();
  });

  test.each(['REGION', Symbol('region'), REGION])('is nothing for %p', (token) => {
    expect(autoMock(token)).toBeUndefined();
  });
});
