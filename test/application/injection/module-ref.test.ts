import { Inject, Injectable, Optional } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { Request } from '../../../src/http/request/request.js';
import { INQUIRER } from '../../../src/modules/inquirer.js';
import { ModuleRef } from '../../../src/modules/module-ref.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import { Scope } from '../../../src/shared/provider.js';
import { forwardRef, InjectionToken, type Ref } from '../../../src/shared/token.js';
import { inject } from '../../../src/testing/inject.js';
import { createApp } from '../create-app.js';

@Injectable()
class Exported {}

@Injectable()
class Hidden {}

@Module({ providers: [Exported, Hidden], exports: [Exported] })
class OtherModule {}

@Injectable({ scope: Scope.TRANSIENT })
class Fresh {
  constructor(readonly exported: Exported) {}
}

@Injectable({ scope: Scope.REQUEST })
class OfEvent {
  disposed = false;
  constructor(@Inject('made') readonly made: object) {}
  [Symbol.dispose]() {
    this.disposed = true;
  }
}

@Injectable({ scope: Scope.REQUEST })
class Tenant {
  constructor(readonly request: Request) {}
}

@Injectable()
class Finder {
  constructor(readonly ref: ModuleRef) {}
}

const metadata: ModuleMetadata = {
  imports: [OtherModule],
  providers: [Finder, Fresh, OfEvent, Tenant, { provide: 'made', useFactory: async () => ({ made: true }) }],
};

async function started(more: ModuleMetadata = {}) {
  const providers = [...metadata.providers!, ...(more.providers ?? [])];
  const app = await createApp({ ...metadata, ...more, providers }).ready();
  return { app, ref: app.get(Finder).ref };
}

describe('ModuleRef.get', () => {
  test('returns the single instance of what the module sees: its own, exports of imports, and global ones', async () => {
    const { app, ref } = await started();
    expect(ref.get('made')).toEqual({ made: true });
    expect(ref.get(Exported)).toBe(app.get(Exported));
    expect(ref.get(ModuleRef)).toBe(ref);
  });

  test('does not see what is not exported, and says what to do', async () => {
    const { ref } = await started();
    expect(() => ref.get(Hidden)).toThrow(
      'ModuleRef.get: nothing visible in AppModule provides Hidden. Import the module that exports it, or pass ' +
        '{ strict: false } to search all modules.',
    );
    expect(ref.get(Hidden, { strict: false })).toBeInstanceOf(Hidden);
    expect(() => ref.get('maid')).toThrow('Did you mean "made"?');
    expect(() => ref.get('nowhere', { strict: false })).toThrow('No module provides "nowhere"');
  });

  test.each([Fresh, OfEvent, Tenant])('refuses %p, which has no single instance', async (token) => {
    const { ref } = await started();
    for (const strict of [true, false])
      expect(() => ref.get<object>(token, { strict })).toThrow(
        `so it has no single instance to get: await resolve(${token.name}) instead.`,
      );
  });

  test('refuses options that it does not know, such as those of NestJS', async () => {
    const { ref } = await started();
    const odd = [{ strict: 'no' }, { scope: 1 }, 7, null] as never[];
    for (const options of odd) expect(() => ref.get('made', options)).toThrow(/options of ModuleRef.get/);
    expect(() => ref.get('made', { each: true } as never)).toThrow(
      'ModuleRef.get has no option "each": give all providers of the token multi: true',
    );
    await expect(ref.resolve(Fresh, { id: 1 } as never)).rejects.toThrow('ModuleRef.resolve takes no context id');
  });

  test('is refused while instances are being created', async () => {
    @Injectable()
    class Hasty {
      constructor(ref: ModuleRef) {
        ref.get(Exported);
      }
    }
    await expect(createApp({ ...metadata, providers: [Hasty] }).ready()).rejects.toThrow(
      'ModuleRef.get is called in AppModule while its instances are being created: call it in onModuleInit() or later',
    );
  });

  test('works in the hooks of a module class, and each module has its own', async () => {
    const seen: unknown[] = [];
    @Module({ providers: [{ provide: 'name', useValue: 'inner' }] })
    class InnerModule {
      constructor(private readonly ref: ModuleRef) {}
      onModuleInit() {
        seen.push(this.ref.get('name'));
      }
    }
    @Module({ imports: [InnerModule], providers: [{ provide: 'name', useValue: 'outer' }] })
    class OuterModule {
      @Inject() private readonly ref!: ModuleRef;
      onModuleInit() {
        seen.push(this.ref.get('name'));
      }
    }
    await createApp({ imports: [OuterModule] }).ready();
    expect(seen).toEqual(['inner', 'outer']);
  });

  test('finds lists of multi-providers that nothing injects', async () => {
    const { ref } = await started({
      providers: ['a', 'b'].map((useValue) => ({ provide: 'list', useValue, multi: true })),
    });
    expect(ref.get('list')).toEqual(['a', 'b']);
  });

  test('is injected into controller methods, and into lazy modules', async () => {
    @Controller('names')
    class Names {
      @Get() name(@Inject(ModuleRef) ref: ModuleRef) {
        return ref.get<string>('name');
      }
    }
    const late = { module: class Late {}, controllers: [Names], providers: [{ provide: 'name', useValue: 'late' }] };
    const app = createApp({
      controllers: [Names],
      providers: [{ provide: 'name', useValue: 'early' }],
      imports: [lazy('late', () => late)],
    });
    expect((await inject(app, { url: '/names' })).json()).toBe('early');
    expect((await inject(app, { url: '/late/names' })).json()).toBe('late');
  });
});

describe('the hooks of a lazy module', () => {
  let fails: boolean;
  let seen: string[];
  beforeEach(() => {
    fails = false;
    seen = [];
  });

  @Injectable()
  class Hooked {
    constructor(private readonly ref: ModuleRef) {}
    onModuleInit() {
      seen.push(`init ${this.ref.get<string>('late')}`);
    }
    async onApplicationBootstrap() {
      const { exported } = await this.ref.resolve(Fresh);
      seen.push(`start ${exported === this.ref.get(Exported)}`);
      if (fails) throw new Error('not yet');
    }
  }
  @Module({
    imports: [OtherModule, forwardRef(() => PartnerModule)],
    providers: [Hooked, Fresh, { provide: 'late', useFactory: async () => 'late' }],
    exports: [Hooked],
  })
  class HookedModule {}
  @Controller('hooked')
  class HookedController {
    constructor(readonly hooked: Hooked) {}
    @Get() get() {
      return seen;
    }
  }
  @Module({ imports: [forwardRef(() => HookedModule)], controllers: [HookedController] })
  class PartnerModule {}

  const lately = () => createApp({ imports: [lazy('one', () => PartnerModule), lazy('two', () => PartnerModule)] });

  test('use a ModuleRef as those of other modules do', async () => {
    const app = lately();
    const answers = await Promise.all(['/one/hooked', '/two/hooked'].map((url) => inject(app, { url })));
    for (const answer of answers) expect(answer.json()).toEqual(['init late', 'start true']);
  });

  test('leave nothing to the next attempt when they fail', async () => {
    const app = lately();
    fails = true;
    await expect(inject(app, { url: '/one/hooked' })).rejects.toThrow('not yet');
    fails = false;
    expect((await inject(app, { url: '/one/hooked' })).json()).toEqual([
      'init late',
      'start true',
      'init late',
      'start true',
    ]);
  });
});

describe('ModuleRef.resolve', () => {
  test('returns new instances of transient and request-scoped providers, which are the caller’s', async () => {
    const { app, ref } = await started();
    const [one, two] = [await ref.resolve(Fresh), await ref.resolve(Fresh)];
    expect(one).not.toBe(two);
    expect(one.exported).toBe(app.get(Exported));
    const ofEvent = await ref.resolve(OfEvent);
    expect(ofEvent.made).toEqual({ made: true });
    await app.close();
    expect(ofEvent.disposed).toBe(false);
  });

  test('returns the single instance of others', async () => {
    const { app, ref } = await started();
    expect(await ref.resolve(Exported)).toBe(app.get(Exported));
    expect(await ref.resolve(Hidden, { strict: false })).toBe(app.get(Hidden));
  });

  test('refuses what reads from an event, and what is not visible', async () => {
    const { ref } = await started();
    await expect(ref.resolve(Tenant)).rejects.toThrow(
      'Tenant in AppModule needs Request, which exists only during an event',
    );
    await expect(ref.resolve(Request)).rejects.toThrow('Request exists only during an event: inject it where');
    await expect(ref.resolve(Hidden)).rejects.toThrow('nothing visible in AppModule provides Hidden');
  });
});

describe('ModuleRef.create', () => {
  @Injectable()
  class Unlisted {
    @Inject(forwardRef(() => Fresh)) readonly fresh!: Ref<Fresh>;
    constructor(
      readonly exported: Exported,
      @Inject('made') readonly made: object,
      @Optional() @Inject('absent') readonly absent = 'default',
    ) {}
  }

  test('creates a class that no module provides, with what is visible', async () => {
    const { app, ref } = await started();
    const created = await ref.create(Unlisted);
    expect(created).toBeInstanceOf(Unlisted);
    expect(created).toMatchObject({ made: { made: true }, absent: 'default' });
    expect(created.exported).toBe(app.get(Exported));
    expect(created.fresh).toBeInstanceOf(Fresh);
    expect((await ref.create(Unlisted)).fresh).not.toBe(created.fresh);
  });

  test('is the inquirer of what it is given, and has none itself', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Named {
      constructor(@Inject(INQUIRER) readonly by: object | undefined) {}
    }
    @Injectable()
    class Asking {
      constructor(
        readonly named: Named,
        @Inject('alias') readonly alias: Named,
      ) {}
    }
    const { ref } = await started({ providers: [Named, { provide: 'alias', useExisting: Named }] });
    const { named, alias } = await ref.create(Asking);
    expect([named.by, alias.by]).toEqual([expect.any(Asking), expect.any(Asking)]);
    expect((await ref.create(Named)).by).toBeUndefined();
  });

  test('creates a new instance of a class that is provided, too', async () => {
    const { app, ref } = await started();
    expect(await ref.create(Exported)).not.toBe(app.get(Exported));
  });

  test('names a dependency that is missing, untyped, or of an event', async () => {
    const { ref } = await started();
    @Injectable()
    class Nosy {
      constructor(readonly hidden: Hidden) {}
    }
    await expect(ref.create(Nosy)).rejects.toThrow(
      'ModuleRef.create: Nosy needs Hidden (constructor parameter 1 (hidden)), but nothing visible in AppModule provides it.',
    );
    @Injectable()
    class Vague {
      constructor(readonly name: string) {}
    }
    await expect(ref.create(Vague)).rejects.toThrow('its type is String, which does not identify a provider');
    @Injectable()
    class ForRequests {
      constructor(readonly tenant: Tenant) {}
    }
    await expect(ref.create(ForRequests)).rejects.toThrow('which exists only during an event');
  });

  test('refuses what is no class', async () => {
    const { ref } = await started();
    for (const odd of [undefined, 'Exported', () => 1, {}])
      await expect(ref.create(odd as never)).rejects.toThrow('ModuleRef.create takes a class, not');
  });
});

test('a token of another description is not taken for a ModuleRef', async () => {
  const token = new InjectionToken('ModuleRef');
  await expect(
    createApp({ providers: [{ provide: 'it', useFactory: (it: unknown) => it, inject: [token] }] }).ready(),
  ).rejects.toThrow('nothing visible in AppModule provides it');
});
