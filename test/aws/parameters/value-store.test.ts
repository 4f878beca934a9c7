import { SSMClient } from '@aws-sdk/client-ssm';
import { AwsModule } from '../../../src/aws/aws-module.js';
import { AppConfig, AppConfigModule, AppConfigStore } from '../../../src/aws/parameters/app-config-module.js';
import { Parameter, ParametersModule, ParameterStore } from '../../../src/aws/parameters/parameters-module.js';
import { Secret, SecretsModule, SecretStore } from '../../../src/aws/parameters/secrets-module.js';
import { Inject, Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import { lazy, type ModuleMetadata } from '../../../src/shared/module.js';
import type { Constructor } from '../../../src/shared/types.js';
import { inject } from '../../../src/testing/inject.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { ValueServices } from './value-services.js';

const services = new ValueServices();
beforeAll(() => services.start());
afterAll(() => services.close());
beforeEach(() => services.clear());

/** An instance of one provider, in an application with the three modules. */
async function make<T>(type: Constructor<T>, imports: ModuleMetadata['imports'] = modules()): Promise<T> {
  const app = createApp({ imports, providers: [type as Constructor] });
  return (await app.ready()).get(type);
}

function modules(): NonNullable<ModuleMetadata['imports']> {
  const config = services.client;
  return [
    ParametersModule.forRoot({ config }),
    SecretsModule.forRoot({ config }),
    AppConfigModule.forRoot({ application: 'shop', environment: 'prod', config }),
  ];
}

@Injectable()
class Database {
  @Secret('db') readonly secret!: string;
  constructor(
    @Parameter('/db/url') readonly url: string,
    @Parameter('/db/pool', { transform: 'json' }) readonly pool: { size: number },
    @AppConfig('flags', { transform: 'json' }) readonly flags: { fast: boolean },
  ) {}
}

function fill(): void {
  services.parameters.set('/db/url', { value: 'postgres://db', type: 'SecureString' });
  services.parameters.set('/db/pool', { value: '{"size":3}' });
  services.secrets.set('db', 'hunter2');
  services.configurations.set('flags', '{"fast":true}');
}

describe('injected values', () => {
  test('come from each service, decrypted and transformed, by constructor and by property', async () => {
    fill();
    await expect(make(Database)).resolves.toMatchObject({
      url: 'postgres://db',
      pool: { size: 3 },
      flags: { fast: true },
      secret: 'hunter2',
    });
    expect(services.inputs('POST /configurationsessions')).toEqual([
      { ApplicationIdentifier: 'shop', EnvironmentIdentifier: 'prod', ConfigurationProfileIdentifier: 'flags' },
    ]);
  });

  test('are fetched once, however many ask', async () => {
    fill();
    class First {
      constructor(readonly url: string) {}
    }
    class Second {
      constructor(readonly url: string) {}
    }
    class Third extends Second {}
    @Module({ providers: [Third], exports: [Third] })
    class Elsewhere {}
    for (const type of [First, Second]) Parameter('/db/url')(type, undefined, 0);
    const app = createApp({ imports: [...modules(), Elsewhere], providers: [First, Second] });
    await app.ready();
    expect([First, Second, Third].map((type) => app.get(type).url)).toEqual([
      'postgres://db',
      'postgres://db',
      'postgres://db',
    ]);
    expect(services.inputs('AmazonSSM.GetParameter')).toHaveLength(1);
  });

  test('are not fetched for a class that no module has', async () => {
    await make(class Nothing {});
    expect(services.calls).toEqual([]);
  });

  test('are there for modules that are loaded later', async () => {
    fill();
    captureStdout();
    @Controller()
    class Reports {
      constructor(@Parameter('/db/url') readonly url: string) {}
      @Get() show() {
        return this.url;
      }
    }
    @Module({ controllers: [Reports] })
    class ReportsModule {}
    const app = createApp({ imports: [...modules(), lazy('reports', () => ReportsModule)] });
    expect((await inject(app, { url: '/reports' })).json()).toBe('postgres://db');
    jest.restoreAllMocks();
  });

  test('of bytes are Buffers, from base64 or as they are', async () => {
    services.parameters.set('/key', { value: Buffer.from([1, 255]).toString('base64') });
    services.secrets.set('raw', Uint8Array.of(2, 254));
    class Keys {
      @Parameter('/key', { transform: 'binary' }) readonly key!: Buffer;
      @Secret('raw', { transform: 'binary' }) readonly raw!: Buffer;
    }
    await expect(make(Keys)).resolves.toEqual({ key: Buffer.from([1, 255]), raw: Buffer.from([2, 254]) });
  });

  test('may come from a stand-in, in tests', async () => {
    const values: Record<string, unknown> = { '/db/url': 'memory', '/db/pool': { size: 1 } };
    const get = async <T>(name: string) => values[name] as T;
    const app = await Test.createTestingModule({ imports: modules(), providers: [Database] })
      .overrideProvider(ParameterStore)
      .useValue({ get, close: () => undefined })
      .overrideProvider(SecretStore)
      .useValue({ get: async <T>() => 'none' as T, close: () => undefined })
      .overrideProvider(AppConfigStore)
      .useValue({ get: async <T>() => ({}) as T, close: () => undefined })
      .compile();
    expect(app.get(Database)).toMatchObject({ url: 'memory', pool: { size: 1 }, secret: 'none' });
    expect(services.calls).toEqual([]);
    await app.close();
  });
});

describe('a path', () => {
  const PATH = '/shop/prod';

  test('brings everything below it at once, by short and by full names', async () => {
    for (let index = 0; index < 25; index++)
      services.parameters.set(`${PATH}/p${index}`, { value: String(index), type: 'SecureString' });
    services.parameters.set('/elsewhere', { value: 'e' });
    class Values {
      @Parameter('p0') readonly first!: string;
      @Parameter(`${PATH}/p24`) readonly last!: string;
      @Parameter('/elsewhere') readonly elsewhere!: string;
    }
    const values = await make(Values, [ParametersModule.forRoot({ path: PATH, config: services.client })]);
    expect(values).toEqual({ first: '0', last: '24', elsewhere: 'e' });
    expect(services.inputs('AmazonSSM.GetParametersByPath')).toHaveLength(3);
    expect(services.inputs('AmazonSSM.GetParameter')).toEqual([{ Name: '/elsewhere', WithDecryption: true }]);
  });

  test.each([
    'arn:aws:ssm:eu-central-1:1:parameter/shared/url',
    'arn:aws-us-gov:ssm:us-gov-west-1:1:parameter/shop/prod/p',
  ])('leaves an ARN as it is: %s', async (arn) => {
    services.parameters.set(arn, { value: 'shared' });
    class Values {
      constructor(readonly value: string) {}
    }
    Parameter(arn)(Values, undefined, 0);
    const values = await make(Values, [ParametersModule.forRoot({ path: PATH, config: services.client })]);
    expect(values.value).toBe('shared');
    expect(services.inputs('AmazonSSM.GetParameter')).toEqual([{ Name: arn, WithDecryption: true }]);
  });

  test('gives a version or a label of a parameter below it', async () => {
    services.parameters.set(`${PATH}/p:2`, { value: 'second' });
    services.parameters.set(`${PATH}/p:live`, { value: 'live' });
    class Values {
      @Parameter('p:2') readonly version!: string;
      @Parameter(`${PATH}/p:live`) readonly label!: string;
    }
    const values = await make(Values, [ParametersModule.forRoot({ path: PATH, config: services.client })]);
    expect(values).toEqual({ version: 'second', label: 'live' });
  });

  test.each(['missing', 'toString'])('does not make up %s', async (name) => {
    services.parameters.set(`${PATH}/p`, { value: 'v' });
    class Values {
      constructor(readonly value: string) {}
    }
    Parameter(name)(Values, undefined, 0);
    const made = make(Values, [ParametersModule.forRoot({ path: `${PATH}/`, config: services.client })]);
    await expect(made).rejects.toThrow(`The parameter "${name}" is not in Parameter Store`);
  });
});

describe('a store', () => {
  @Injectable()
  class Reader {
    constructor(
      readonly parameters: ParameterStore,
      readonly secrets: SecretStore,
      readonly configurations: AppConfigStore,
    ) {}
  }

  test('gives a value again until it is too old', async () => {
    fill();
    const { parameters } = await make(Reader);
    await parameters.get('/db/url', { maxAge: 60 });
    services.parameters.set('/db/url', { value: 'postgres://other' });
    await expect(parameters.get('/db/url', { maxAge: 60 })).resolves.toBe('postgres://db');
    expect(services.inputs('AmazonSSM.GetParameter')).toHaveLength(1);
  });

  test('asks anew each time where the module keeps nothing', async () => {
    fill();
    const { secrets } = await make(Reader, [
      ParametersModule.forRoot({ config: services.client }),
      SecretsModule.forRoot({ config: services.client, maxAge: 0 }),
      AppConfigModule.forRoot({ application: 'a', environment: 'e', config: services.client }),
    ]);
    await expect(secrets.get('db')).resolves.toBe('hunter2');
    services.secrets.set('db', 'rotated');
    await expect(secrets.get('db')).resolves.toBe('rotated');
  });

  const STORES = {
    parameter: {
      write: (value: string) => services.parameters.set('/p', { value }),
      read: ({ parameters }: Reader, maxAge?: number) => parameters.get('/p', { maxAge }),
    },
    'parameter below a path': {
      write: (value: string) => services.parameters.set('/shop/p', { value }),
      read: ({ parameters }: Reader, maxAge?: number) => parameters.get('p', { maxAge }),
    },
    secret: {
      write: (value: string) => services.secrets.set('s', value),
      read: ({ secrets }: Reader, maxAge?: number) => secrets.get('s', { maxAge }),
    },
    configuration: {
      write: (value: string) => services.configurations.set('c', value),
      read: ({ configurations }: Reader, maxAge?: number) => configurations.get('c', { maxAge }),
    },
  };

  async function reader(): Promise<Reader> {
    const config = services.client;
    return make(Reader, [
      ParametersModule.forRoot({ config, path: '/shop' }),
      SecretsModule.forRoot({ config }),
      AppConfigModule.forRoot({ application: 'shop', environment: 'prod', config }),
    ]);
  }

  describe.each(Object.entries(STORES))('of a %s', (_name, { write, read }) => {
    afterEach(() => jest.restoreAllMocks());

    // Whoever kept the value first may have been content with an older one.
    test.each([
      ['0 after any', 600, 0, 0, 'new'],
      ['0 after the default', undefined, 0, 0, 'new'],
      ['1 after 600, after two seconds', 600, 2, 1, 'new'],
      ['10 after 600, after two seconds', 600, 2, 10, 'old'],
      ['600 after 1, after two seconds', 1, 2, 600, 'old'],
      ['600 after 0', 0, 2, 600, 'old'],
      ['the default, after six seconds', 600, 6, undefined, 'new'],
    ])('takes the age of whoever asks: %s', async (_case, first, passed, second, expected) => {
      const store = await reader();
      write('old');
      await expect(read(store, first)).resolves.toBe('old');
      write('new');
      const now = Date.now();
      jest.spyOn(Date, 'now').mockImplementation(() => now + passed * 1000);
      await expect(read(store, second)).resolves.toBe(expected);
    });

    test('asks once for all who ask together, and again for who wants it fresher than that', async () => {
      const store = await reader();
      write('old');
      const together = [read(store), read(store), read(store, 600)];
      const later = Date.now() + 50;
      jest.spyOn(Date, 'now').mockImplementation(() => later);
      const fresh = read(store, 0);
      await Promise.all([...together, fresh]);
      expect(services.calls.filter(({ operation }) => /Get(Par|Sec)|GET/.test(operation))).toHaveLength(2);
    });

    test('forgets a failure', async () => {
      const store = await reader();
      for (const name of ['/p', '/shop/', 's', 'c']) services.denied.add(name);
      write('old');
      await expect(read(store, 600)).rejects.toThrow('access denied');
      services.denied.clear();
      await expect(read(store, 600)).resolves.toBe('old');
    });

    test.each([-1, Number.NaN, '5x' as unknown as number])('refuses the age %p', async (maxAge) => {
      await expect(read(await reader(), maxAge)).rejects.toThrow(`maxAge is ${maxAge}; it takes seconds from 0`);
    });
  });

  test('gives text where nobody asks for more, of bytes too', async () => {
    services.configurations.set('limits', 'max=3');
    const { configurations } = await make(Reader);
    await expect(configurations.get('limits')).resolves.toBe('max=3');
  });
});

test('a client of AwsModule serves, and is left to AwsModule', async () => {
  fill();
  const imports = [
    AwsModule.forRoot({ clients: [SSMClient], config: services.client }),
    ParametersModule.forRootAsync({ inject: [SSMClient], useFactory: (client: SSMClient) => ({ client }) }),
  ];
  class Holder {
    constructor(
      @Parameter('/db/url') readonly url: string,
      @Inject(SSMClient) readonly client: SSMClient,
    ) {}
  }
  const app = createApp({ imports, providers: [Holder] });
  const { url, client } = (await app.ready()).get(Holder);
  const destroy = jest.spyOn(client, 'destroy');
  expect(url).toBe('postgres://db');
  await app.close();
  expect(destroy).toHaveBeenCalledTimes(1);
});

describe('what goes wrong', () => {
  class Needy {
    constructor(@Parameter('/db/url') readonly url: string) {}
  }

  test.each([
    [
      Parameter('/no/such'),
      'The parameter "/no/such" is not in Parameter Store: check its name, the region and the account.',
    ],
    [Secret('nothing'), 'The secret "nothing" is not in Secrets Manager'],
    [AppConfig('nothing'), 'The configuration profile "nothing" is not in AppConfig'],
  ])('a value that is not there is named, with who needs it: %#', async (decorator, message) => {
    class Asking {}
    decorator(Asking, undefined, 0);
    const made = make(Asking);
    await expect(made).rejects.toThrow(message);
    await expect(made).rejects.toThrow('needed by Asking in AppModule');
  });

  test.each([
    [Parameter('/p'), 'ssm:GetParameter on it'],
    [Secret('s'), 'secretsmanager:GetSecretValue on it'],
    [AppConfig('c'), 'appconfig:StartConfigurationSession'],
  ])('what may not be read names the actions to allow: %#', async (decorator, actions) => {
    for (const name of ['/p', 's', 'c']) services.denied.add(name);
    class Asking {}
    decorator(Asking, undefined, 0);
    const made = make(Asking);
    await expect(made).rejects.toThrow(`access denied. Allow the function's role ${actions}`);
    await expect(made).rejects.toThrow('assumed-role/fn');
  });

  test('a value that is no JSON is named and not shown', async () => {
    services.secrets.set('db', 'hunter2');
    class Asking {
      constructor(@Secret('db', { transform: 'json' }) readonly db: object) {}
    }
    const error = (await make(Asking).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain('The secret "db" could not be read: its value is not valid JSON');
    expect(`${error.stack} ${String((error.cause as Error).stack)}`).not.toContain('hunter2');
  });

  test('a service that is not there is told as it is', async () => {
    const config = { ...services.client, endpoint: 'http://127.0.0.1:9' };
    await expect(make(Needy, [ParametersModule.forRoot({ config })])).rejects.toThrow(
      /The parameter "\/db\/url" could not be read: .*ECONNREFUSED/,
    );
  });

  test('the module that is missing is named', async () => {
    const made = make(Needy, []);
    await expect(made).rejects.toThrow(BootstrapError);
    await expect(made).rejects.toThrow(
      '@Parameter("/db/url") needs ParametersModule: import ParametersModule.forRoot(…) in the root module.',
    );
  });

  test('packages that are not installed are told with their install line', async () => {
    jest.doMock('@aws-lambda-powertools/parameters/ssm', () => {
      throw Object.assign(new Error("Cannot find module '@aws-lambda-powertools/parameters/ssm'\nRequire stack:"), {
        code: 'MODULE_NOT_FOUND',
      });
    });
    await expect(make(Needy)).rejects.toThrow(
      'npm install @aws-lambda-powertools/parameters @aws-sdk/client-ssm (Cannot find module',
    );
    jest.dontMock('@aws-lambda-powertools/parameters/ssm');
  });

  test.each([
    [{ path: 'shop' }, 'path is "shop"; it must start with a slash'],
    [{ maxAge: -1 }, 'ParametersModule: maxAge is -1; it takes seconds from 0'],
    [{ paths: '/x' } as object, 'Unknown in the options of ParametersModule: paths.'],
  ])('a bad option is refused: %#', async (options, message) => {
    await expect(make(Needy, [ParametersModule.forRoot(options)])).rejects.toThrow(message);
  });

  test('AppConfigModule needs to know where to look', async () => {
    const options = { application: 'shop' } as Parameters<typeof AppConfigModule.forRoot>[0];
    await expect(make(class {}, [AppConfigModule.forRoot(options)])).rejects.toThrow(
      'needs the options application and environment',
    );
  });

  test('a decorator that makes no sense is refused where it stands', () => {
    class Routes {
      show(_url: string) {}
    }
    expect(() => Parameter('/x')(Routes.prototype, 'show', 0)).toThrow(
      '@Parameter("/x") on a parameter of Routes.show: use it on a constructor parameter',
    );
    expect(() => Parameter('/x')(Routes, 'shared')).toThrow(
      '@Parameter("/x") on Routes.shared: use it on a constructor parameter or an instance property',
    );
    expect(() => Parameter('/x')(Routes.prototype, 'show', { value: () => undefined } as never)).toThrow(
      '@Parameter("/x") on Routes.show: use it on',
    );
    expect(() => Parameter('')).toThrow("@Parameter: name is ''; it takes text");
    expect(() => Parameter(undefined as never)).toThrow('@Parameter: name is undefined; it takes text');
    expect(() => Secret('s', { transform: 'yaml' as 'json' })).toThrow(
      'The options of @Secret("s"): transform is yaml; it takes json or binary',
    );
  });
});
