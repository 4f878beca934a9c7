import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { Inject, Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import type { Constructor } from '../../src/shared/types.js';
import { build, failureOf, rootOf } from './build-container.js';

@Injectable()
class Clock {}

@Injectable()
class Parent {
  constructor(
    readonly clock: Clock,
    @Inject('URL') readonly url?: string,
  ) {}
}

const own = new Clock();

/** What an instance of `type` was made with, where the clock is the application's, or is not there to be given. */
async function clockOf(type: Constructor<Parent>, provided = true): Promise<'given' | 'own' | 'none'> {
  const clock = { provide: Clock, useValue: new Clock() };
  const others = provided ? [clock, { provide: 'URL', useValue: 'db://' }] : [];
  const container = await build(rootOf({ providers: [type, ...others] }));
  const made = container.get(type).clock;
  if (made === own) return 'own';
  return made === undefined ? 'none' : 'given';
}

describe('a class with a constructor of its own asks for what that takes, and for nothing of its parent', () => {
  class Nothing extends Parent {
    constructor() {
      super(own);
    }
  }
  @Injectable()
  class Decorated extends Parent {
    constructor() {
      super(own);
    }
  }
  class WithProperties extends Parent {
    readonly opening = '{';
    // }
    readonly closing = `constructor(${1 + 1}) {`;
    method() {
      return '}';
    }
    constructor() {
      super(own);
    }
  }
  @Injectable()
  class Below extends Decorated {}
  class WithDefault extends Parent {
    constructor(clock = own) {
      super(clock);
    }
  }
  @Injectable()
  class Typed extends Parent {
    constructor(@Inject('NONE') _none: string | undefined = undefined) {
      super(own);
    }
  }

  test.each([Nothing, Decorated, WithProperties, Below, WithDefault])('%p', async (type) => {
    expect(await clockOf(type as Constructor<Parent>, false)).toBe('own');
  });

  test('one that takes something is given that', async () => {
    const { message } = await failureOf(rootOf({ providers: [Typed as never] }));
    expect(message).toContain('Typed in Root needs "NONE" (constructor parameter 1');
  });
});

describe('a class without a constructor of its own is given what its parent asks for', () => {
  class Plain extends Parent {}
  @Injectable()
  class Decorated extends Parent {}
  class Twice extends Decorated {}
  // Compilers give a class with properties a constructor, which hands on everything.
  class WithProperty extends Parent {
    readonly word = 'constructor(';
  }
  class WithOthers extends Parent {
    nested() {
      return class {
        constructor(readonly inner: string) {}
      };
    }
    other() {
      return (this.constructor(), 'constructor()');
    }
  }
  // What a mixin's constructor has to look like in TypeScript.
  class Mixin extends Parent {
    constructor(...args: ConstructorParameters<typeof Parent>) {
      super(...args);
    }
  }
  @Injectable()
  class DecoratedMixin extends Parent {
    constructor(...args: ConstructorParameters<typeof Parent>) {
      super(...args);
    }
  }
  const withStatic = new Function('e', 'return class extends e { static constructor() {} }')(
    Parent,
  ) as Constructor<Parent>;
  const minified = new Function('e', 'return class extends e{x=1;#y="}";get z(){return this.#y}}')(
    Parent,
  ) as Constructor<Parent>;
  const asTypeScriptDoes = new Function(
    'e',
    'return class extends e {\n  constructor() {\n    super(...arguments);\n    this.x = 1;\n  }\n}',
  )(Parent) as Constructor<Parent>;
  const asSwcDoes = new Function('e', 'return class extends e{constructor(...args){super(...args),this.x=1}}')(
    Parent,
  ) as Constructor<Parent>;

  test.each([
    Plain,
    Decorated,
    Twice,
    WithProperty,
    WithOthers,
    Mixin,
    DecoratedMixin,
    withStatic,
    minified,
    asTypeScriptDoes,
    asSwcDoes,
  ])('%p', async (type) => {
    expect(await clockOf(type as Constructor<Parent>)).toBe('given');
    const { message } = await failureOf(
      rootOf({ providers: [type as Constructor<Parent>, { provide: 'URL', useValue: 1 }] }),
    );
    expect(message).toContain('needs Clock');
  });

  test('tokens of its parent included', async () => {
    const container = await build(rootOf({ providers: [Clock, Twice, { provide: 'URL', useValue: 'db://' }] }));
    expect(container.get(Twice).url).toBe('db://');
  });
});

describe('a parent that no container knows', () => {
  @Injectable()
  class Bus extends EventEmitter {}
  @Injectable()
  class Source extends Readable {}
  @Injectable()
  class Failure extends Error {}
  @Injectable()
  class Registry extends Map {}

  test.each([Bus, Source, Failure, Registry])(
    'asks for nothing where it is a function or built in: %p',
    async (type) => {
      const container = await build(rootOf({ providers: [type as Constructor] }));
      expect(container.get(type as Constructor)).toBeInstanceOf(type);
    },
  );

  test('is named where it is a class that takes something, with what to do', async () => {
    class Client {
      constructor(readonly options?: object) {}
    }
    @Injectable()
    class Database extends Client {}
    const { message } = await failureOf(rootOf({ providers: [Database] }));
    expect(message).toContain(
      'no parameter types for Client. Database has no constructor of its own and uses that of Client. Add @Injectable() to Client',
    );
    expect(message).toContain('add a constructor to Database: constructor() { super(); }');
  });
});

describe('a provider may extend', () => {
  @Controller('orders')
  class Orders {
    @Get() list() {
      return [];
    }
  }
  @Module({})
  class OrdersModule {}

  test.each([Orders, OrdersModule])('%p, which it is not itself', async (parent) => {
    @Injectable()
    class Special extends (parent as Constructor<object>) {}
    const container = await build(
      rootOf({ providers: [Special, class Plain extends (parent as Constructor<object>) {}] }),
    );
    expect(container.get(Special)).toBeInstanceOf(parent);
    expect(container.controllers()).toEqual([]);
  });

  test.each([
    [Orders, 'providers[0] of Root is Orders, which is a controller: move it to controllers.'],
    [OrdersModule, 'providers[0] of Root is OrdersModule, which is a module: move it to imports.'],
  ])('%p, which stays what it is', async (type, message) => {
    expect((await failureOf(rootOf({ providers: [type] }))).message).toBe(message);
  });
});
