import 'reflect-metadata';
import { inspect } from 'node:util';
import { Transform } from 'class-transformer';
import { IsInt, IsIn, IsOptional, IsString, Matches, Min, MinLength } from 'class-validator';
import { ParameterStore, ParametersModule } from '../../src/aws/parameters/parameters-module.js';
import { SecretStore } from '../../src/aws/parameters/secrets-module.js';
import { Env, FromParameter, FromSecret, Json } from '../../src/config/config-decorators.js';
import { ConfigModule } from '../../src/config/config-module.js';
import { Logger } from '../../src/contracts/logger.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { inject } from '../../src/testing/inject.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { createApp } from '../application/create-app.js';
import { ValueServices } from '../aws/parameters/value-services.js';
import { load, mistakes, setEnvironment, storeModules } from './load.js';

const services = new ValueServices();
beforeAll(() => services.start());
afterAll(() => services.close());
beforeEach(() => services.clear());

const loadRemote: typeof load = (type, variables, imports = []) =>
  load(type, variables, [...storeModules(services), ...imports]);

class ShopConfig {
  @FromParameter('/shop/limit') limit!: number;
  @FromParameter('/shop/origins') @IsString({ each: true }) origins!: string[];
  @FromSecret('shop/key') @MinLength(4) signingKey!: string;
  @FromSecret('shop/database', { key: 'password' }) password!: string;
  @FromSecret('shop/database', { key: 'port' }) @IsInt() port!: number;
  pageSize = 20;
}

function fill(): void {
  services.parameters.set('/shop/limit', { value: '7', type: 'SecureString' });
  services.parameters.set('/shop/origins', { value: 'a,b' });
  services.secrets.set('shop/key', 'hunter2');
  services.secrets.set('shop/database', JSON.stringify({ password: 'swordfish', port: 5432 }));
}

function declareBoth(): object {
  class Both {
    @FromSecret('a') @FromParameter('b') value!: string;
  }
  return Both;
}

describe('parameters and secrets', () => {
  test('are in the same class as variables, decrypted and converted', async () => {
    fill();
    const config = await loadRemote(ShopConfig, { PAGE_SIZE: '5' });
    const { limit, origins, signingKey, password, port, pageSize } = config;
    expect({ limit, origins, signingKey, password, port, pageSize }).toEqual({
      limit: 7,
      origins: ['a', 'b'],
      signingKey: 'hunter2',
      password: 'swordfish',
      port: 5432,
      pageSize: 5,
    });
  });

  test('are fetched once each, and all at the same time', async () => {
    fill();
    services.expectTogether(4);
    await loadRemote(ShopConfig);
    expect(services.calls).toHaveLength(4);
  });

  test('are fetched once for first events that overlap, and shared by all', async () => {
    fill();
    @Controller()
    class Limits {
      constructor(private readonly config: ShopConfig) {}
      @Get() show() {
        return this.config.limit;
      }
    }
    const app = createApp({
      imports: [ConfigModule.forRoot(ShopConfig), ...storeModules(services)],
      controllers: [Limits],
    });
    const responses = await Promise.all([1, 2, 3].map(() => inject(app, { url: '/' })));
    expect(responses.map((response) => response.json() as unknown)).toEqual([7, 7, 7]);
    expect(services.calls).toHaveLength(4);
  });

  test('are fetched with clients of the configuration, where the application has none', async () => {
    fill();
    await load(ShopConfig, {
      AWS_ENDPOINT_URL: services.endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
    expect(services.calls).toHaveLength(4);
  });

  test('are not fetched where a variable of @Env is set', async () => {
    class Local {
      @Env() @FromSecret('shop/key') signingKey!: string;
      @FromParameter('/shop/limit') @Env('LIMIT') limit!: number;
    }
    const { signingKey, limit } = await load(Local, { SIGNING_KEY: 'local', LIMIT: '3' });
    expect([signingKey, limit, services.calls.length]).toEqual(['local', 3, 0]);
  });

  test('may be added to in a class that extends another', async () => {
    class Base {
      @FromSecret('shop/key') @Json() signingKey!: { id: string };
    }
    class Local extends Base {
      @Env('KEY') declare signingKey: { id: string };
    }
    services.secrets.set('shop/key', '{"id":"hunter2"}');
    for (const [variables, id] of [
      [{ KEY: '{"id":"local"}' }, 'local'],
      [{ KEY: '' }, 'hunter2'],
    ] as const) {
      const config = await loadRemote(Local, variables);
      expect([config.signingKey.id, JSON.stringify(config)]).toEqual([id, '{}']);
    }
    expect((await loadRemote(Base, { KEY: 'x' })).signingKey.id).toBe('hunter2');
  });

  test('do not read the variable of their name without @Env', async () => {
    fill();
    const { port } = await loadRemote(ShopConfig, { PORT: '1', SIGNING_KEY: 'x' });
    expect(port).toBe(5432);
  });

  test('that do not exist leave a default or an optional property, and are a mistake otherwise', async () => {
    class Defaulted {
      @FromParameter('/none') limit = 5;
      @FromSecret('none', { key: 'a' }) @IsOptional() key?: string;
    }
    const { limit, key } = await loadRemote(Defaulted);
    expect([limit, key]).toEqual([5, undefined]);
    class Required {
      @FromParameter('/none') limit!: number;
      @Env('KEY') @FromSecret('none') key!: string;
    }
    await expect(mistakes(loadRemote(Required))).resolves.toEqual([
      'limit: The parameter "/none" is not in Parameter Store: check its name, the region and the account.',
      'key: KEY is not set. The secret "none" is not in Secrets Manager: check its name, the region and the account.',
    ]);
  });

  test('may be JSON', async () => {
    class Structured {
      @FromSecret('shop/login') @Json() login!: { user: string };
      @FromSecret('shop/login', { key: 'hosts' }) @IsString({ each: true }) hosts!: string[];
    }
    services.secrets.set('shop/login', '{"user":"a","hosts":["b","c"]}');
    const { login, hosts } = await loadRemote(Structured);
    expect({ login, hosts }).toEqual({ login: { user: 'a', hosts: ['b', 'c'] }, hosts: ['b', 'c'] });
  });

  class Typed {
    @FromSecret('shop/typed', { key: 'text' }) text = 'default';
    @FromSecret('shop/typed', { key: 'count' }) count = 1;
    @FromSecret('shop/typed', { key: 'flag' }) flag = false;
    @FromSecret('shop/typed', { key: 'hosts' }) hosts = ['default'];
  }

  test.each([
    ['text', ['null', '{}', '{"a":1}', '["a"]', '12345678901234567890'], 'a single string'],
    ['count', ['null', '{}', '[1]', 'true', '"0x10"', '"1 0"', '"Infinity"', '""'], 'a number'],
    ['flag', ['null', '{}', '[true]', '2', '"yes"'], 'true or false'],
    ['hosts', ['null', '{}', '{"0":"a","length":1}', '12345678901234567890'], 'a list'],
    ['hosts', ['[null]', '[{}]', '[["a"]]', '["a",{}]'], 'a list with commas, each item a single string'],
  ])('are not taken for a value that they are not: %s', async (name, members, expected) => {
    for (const member of members) {
      services.secrets.set('shop/typed', `{"text":"a","count":1,"flag":true,"hosts":["a"],"${name}":${member}}`);
      await expect(mistakes(loadRemote(Typed))).resolves.toEqual([
        `${name}: The member "${name}" of the secret "shop/typed" has a value that is not shown here: it must be ${expected}.`,
      ]);
    }
  });

  test('come from the path of ParametersModule together', async () => {
    class Relative {
      @FromParameter('limit') limit!: number;
      @FromParameter('size') size!: number;
    }
    services.parameters.set('/shop/prod/limit', { value: '1' });
    services.parameters.set('/shop/prod/size', { value: '2' });
    const modules = [ParametersModule.forRoot({ config: services.client, path: '/shop/prod' })];
    const { limit, size } = await load(Relative, {}, modules);
    expect([limit, size]).toEqual([1, 2]);
    expect(services.calls.map(({ operation }) => operation)).toEqual(['AmazonSSM.GetParametersByPath']);
  });

  test('come from a stand-in for the stores, in tests', async () => {
    const values: Record<string, unknown> = { '/shop/limit': '1', '/shop/origins': 'a', 'shop/key': 'long enough' };
    const get = async <T>(name: string) => values[name] as T;
    const compiling = Test.createTestingModule({
      imports: [ConfigModule.forRoot(ShopConfig), ...storeModules(services)],
    })
      .overrideProvider(ParameterStore)
      .useValue({ get, close: () => undefined })
      .overrideProvider(SecretStore)
      .useValue({ get, close: () => undefined })
      .compile();
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(mistakes(compiling)).resolves.toEqual([
      'password: The secret "shop/database" has no value in the store that replaces AWS.',
      'port: The secret "shop/database" has no value in the store that replaces AWS.',
    ]);
    expect(services.calls).toEqual([]);
  });

  test('are refused where one property has both', () => {
    expect(declareBoth).toThrow(
      'Both.value has more than one @FromParameter or @FromSecret: a value comes from one place only.',
    );
  });

  test.each([
    [() => FromParameter(''), 'FromParameter'],
    [() => FromParameter(undefined as never), '@FromParameter: name is undefined; it takes text'],
    [() => FromSecret(undefined as never), '@FromSecret: id is undefined; it takes text'],
    [() => FromParameter('/a', { secret: 'no' } as never), 'secret'],
    [() => FromParameter('/a', { key: 'b' } as never), 'key'],
    [() => FromSecret(' '), 'FromSecret'],
    [() => FromSecret('a', { key: '' }), 'key'],
    [() => FromSecret('a', { transform: 'json' } as never), 'transform'],
  ])('take no wrong names and options: %s', (decorate, message) => {
    expect(decorate).toThrow(message);
    expect(decorate).toThrow(BootstrapError);
  });
});

describe('a failure', () => {
  test('names the property and what was denied, with all others', async () => {
    fill();
    services.denied.add('/shop/limit');
    services.denied.add('shop/database');
    services.parameters.delete('/shop/origins');
    const told = await mistakes(loadRemote(ShopConfig, { PAGE_SIZE: 'many' }));
    expect(told.toSorted()).toEqual([
      expect.stringMatching(
        /^limit: The parameter "\/shop\/limit": access denied\. Allow the function's role ssm:GetPara/,
      ),
      'origins: The parameter "/shop/origins" is not in Parameter Store: check its name, the region and the account.',
      'pageSize: PAGE_SIZE is "many": it must be a number.',
      expect.stringMatching(
        /^password: The secret "shop\/database": access denied\. Allow the function's role secrets/,
      ),
      expect.stringMatching(/^port: The secret "shop\/database": access denied/),
    ]);
  });

  test('of the service is a mistake of its properties, default or not', async () => {
    class Defaulted {
      @FromParameter('/shop/limit') limit = 5;
      @FromSecret('shop/key') @IsOptional() key?: string;
    }
    services.failing = true;
    await expect(mistakes(loadRemote(Defaulted))).resolves.toEqual([
      'limit: The parameter "/shop/limit" could not be read: down',
      'key: The secret "shop/key" could not be read: down',
    ]);
    services.failing = false;
    fill();
    expect((await loadRemote(Defaulted)).limit).toBe(7);
  });

  test('to load the packages is told with their install line, beside all others', async () => {
    class Local {
      @FromParameter('/shop/limit') limit!: number;
      pageSize = 20;
    }
    jest.doMock('@aws-lambda-powertools/parameters/ssm', () => {
      throw Object.assign(new Error("Cannot find module '@aws-lambda-powertools/parameters/ssm'"), {
        code: 'MODULE_NOT_FOUND',
      });
    });
    try {
      await expect(mistakes(load(Local, { PAGE_SIZE: 'x' }))).resolves.toEqual([
        'pageSize: PAGE_SIZE is "x": it must be a number.',
        expect.stringContaining('npm install @aws-lambda-powertools/parameters @aws-sdk/client-ssm'),
      ]);
    } finally {
      jest.dontMock('@aws-lambda-powertools/parameters/ssm');
    }
  });

  test('of a member of a secret names no other member', async () => {
    class Members {
      @FromSecret('a', { key: 'user' }) user!: string;
      @FromSecret('b', { key: 'user' }) other!: string;
    }
    services.secrets.set('a', '{"hunter2":"swordfish"}');
    services.secrets.set('b', 'swordfish');
    await expect(mistakes(loadRemote(Members))).resolves.toEqual([
      'user: The secret "a" has no member "user".',
      'other: The secret "b" is not a JSON object, so it has no member "user".',
    ]);
  });
});

describe('a secret', () => {
  class Secretive {
    @FromSecret('shop/key') signingKey!: string;
    @FromParameter('/shop/limit') limit!: number;
    @FromParameter('/shop/stage', { secret: false }) stage!: string;
    @Env({ secret: true }) token = 'default-token';
    pageSize = 20;
  }

  async function loadSecretive(): Promise<Secretive> {
    services.secrets.set('shop/key', 'hunter2');
    services.parameters.set('/shop/limit', { value: '31337' });
    services.parameters.set('/shop/stage', { value: 'live' });
    return loadRemote(Secretive, { TOKEN: 'swordfish' });
  }

  const SECRETS = /hunter2|31337|swordfish/;

  test('is read by its name, and in no listing', async () => {
    const config = await loadSecretive();
    expect([config.signingKey, config.limit, config.token]).toEqual(['hunter2', 31337, 'swordfish']);
    const listings = [
      JSON.stringify(config),
      JSON.stringify({ nested: [config] }),
      inspect(config),
      inspect({ config }, { depth: 9 }),
      String(config),
      `${Object.values(config)}${Object.keys(config)}`,
      JSON.stringify({ ...config }),
      JSON.stringify(Object.assign({}, config)),
      JSON.stringify(structuredClone(config)),
    ];
    for (const listing of listings) expect(listing).not.toMatch(SECRETS);
    expect(JSON.parse(JSON.stringify(config))).toEqual({ stage: 'live', pageSize: 20 });
  });

  test('is in no log line and in no response', async () => {
    fill();
    services.parameters.set('/shop/stage', { value: 'live' });
    setEnvironment({ TOKEN: 'swordfish' });
    @Controller()
    class Leaky {
      constructor(
        private readonly config: Secretive,
        private readonly logger: Logger,
      ) {}

      @Get() show() {
        this.logger.info('configured', { config: this.config, ...this.config });
        this.logger.set({ config: this.config });
        return this.config;
      }
    }
    await using app = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(Secretive), ...storeModules(services)],
      controllers: [Leaky],
    }).compile();
    const response = await app.inject({ url: '/' });
    expect(response.json()).toEqual({ stage: 'live', pageSize: 20 });
    expect(app.logs.length).toBeGreaterThan(1);
    expect(JSON.stringify(app.logs)).toContain('live');
    expect(JSON.stringify(app.logs)).not.toMatch(/hunter2|swordfish/);
  });

  test('is in no error, whatever the messages of rules contain', async () => {
    class Quoting {
      @FromSecret('shop/key') @Matches(/^x/, { message: 'not $value' }) first!: string;
      @FromSecret('shop/key') @IsIn(['a'], { message: ({ value }) => String(value).slice(1) }) second!: string;
      @FromSecret('shop/key') third!: number;
      @FromSecret('shop/key') @Json() fourth!: object;
      @Env({ name: 'TOKEN', secret: true }) @Min(5) fifth = 3;
      @Env({ name: 'TOKEN', secret: true }) sixth = true;
    }
    services.secrets.set('shop/key', 'hunter2');
    const error = await loadRemote(Quoting, { TOKEN: '4' }).catch((reason: unknown) => reason as Error);
    const text = inspect(error, { depth: 9, showHidden: true });
    expect(text).not.toMatch(/unter2|TOKEN is/);
    expect((await mistakes(Promise.reject(error))).toSorted()).toEqual([
      'fifth: TOKEN has a value that is not shown here: it breaks the rule min.',
      'first: The secret "shop/key" has a value that is not shown here: it breaks the rule matches.',
      'fourth: The secret "shop/key" has a value that is not shown here: it must be valid JSON.',
      'second: The secret "shop/key" has a value that is not shown here: it breaks the rule isIn.',
      'sixth: TOKEN has a value that is not shown here: it must be true or false.',
      'third: The secret "shop/key" has a value that is not shown here: it must be a number.',
    ]);
  });

  test('is in no error of a function that throws', async () => {
    class Throwing {
      @FromSecret('shop/key') @Transform(({ value }) => JSON.parse(value as string) as unknown) key!: object;
    }
    services.secrets.set('shop/key', 'hunter2');
    const error = await loadRemote(Throwing).catch((reason: unknown) => reason as Error);
    expect((error as Error).message).toContain('threw SyntaxError. Its message is not shown');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
  });
});
