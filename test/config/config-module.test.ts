import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDate,
  IsEmail,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUrl,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Duration, Env, Json } from '../../src/config/config-decorators.js';
import { ConfigModule } from '../../src/config/config-module.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Module } from '../../src/decorators/module.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { Test } from '../../src/testing/testing-module-builder.js';
import { createApp } from '../application/create-app.js';
import { load, mistakes, setEnvironment } from './load.js';

class ShopConfig {
  @IsUrl({ require_tld: false }) databaseUrl!: string;
  @IsInt() @Min(1) @Max(100) pageSize = 20;
}

describe('a configuration', () => {
  test('is injected as its class in every module', async () => {
    @Injectable()
    class Orders {
      constructor(readonly config: ShopConfig) {}
    }
    @Module({ providers: [Orders], exports: [Orders] })
    class OrdersModule {}
    setEnvironment({ DATABASE_URL: 'http://db', PAGE_SIZE: '50' });
    const app = createApp({ imports: [OrdersModule, ConfigModule.forRoot(ShopConfig)] });
    const { config } = (await app.ready()).get(Orders);
    expect(config).toBeInstanceOf(ShopConfig);
    expect(config).toEqual({ databaseUrl: 'http://db', pageSize: 50 });
    expect(app.get(ShopConfig)).toBe(config);
  });

  test('has its initial values where nothing is set, and a blank variable is not set', async () => {
    const config = await load(ShopConfig, { DATABASE_URL: 'http://db', PAGE_SIZE: ' ' });
    expect(config.pageSize).toBe(20);
  });

  test('is read once, however many modules import it', async () => {
    let made = 0;
    class Counted {
      name = `number ${++made}`;
    }
    @Module({ imports: [ConfigModule.forRoot(Counted)] })
    class Feature {}
    await load(Counted, {}, [Feature]);
    // The defaults, and the instance.
    expect(made).toBe(2);
  });

  test('is read again by the bootstrap after one that failed', async () => {
    setEnvironment({ DATABASE_URL: '' });
    const app = createApp({ imports: [ConfigModule.forRoot(ShopConfig)] });
    await expect(app.ready()).rejects.toThrow('DATABASE_URL is not set');
    process.env['DATABASE_URL'] = 'http://db';
    expect((await app.ready()).get(ShopConfig).databaseUrl).toBe('http://db');
  });

  test('can not be changed, because all events share it', async () => {
    const config = await load(ShopConfig, { DATABASE_URL: 'http://db' });
    expect(() => (config.pageSize = 1)).toThrow(TypeError);
  });

  test('may have getters, methods and private members, and extend another', async () => {
    class Base {
      @Env('REGION_NAME') region = 'eu-central-1';
    }
    class Extended extends Base {
      #separator = '/';
      readonly cache = new Map<string, string>();
      host = 'localhost';
      get address() {
        return `${this.host}${this.#separator}${this.region}`;
      }
    }
    const config = await load(Extended, { REGION_NAME: 'us-east-1', CACHE: '{}' });
    expect(config.address).toBe('localhost/us-east-1');
    expect(config.cache).toBeInstanceOf(Map);
  });

  test('is replaced in a test by one line', async () => {
    await using app = await Test.createTestingModule({ imports: [ConfigModule.forRoot(ShopConfig)] })
      .overrideProvider(ShopConfig)
      .useValue({ pageSize: 3 })
      .compile();
    expect(app.get(ShopConfig).pageSize).toBe(3);
  });

  test('may give other modules their options', async () => {
    class Client {
      constructor(readonly size: number) {}
    }
    const provider = {
      provide: Client,
      inject: [ShopConfig],
      useFactory: (config: ShopConfig) => new Client(config.pageSize),
    };
    setEnvironment({ DATABASE_URL: 'http://db' });
    const app = createApp({ imports: [ConfigModule.forRoot(ShopConfig)], providers: [provider] });
    expect((await app.ready()).get(Client).size).toBe(20);
  });
});

describe('the name of a variable', () => {
  test('follows from the name of the property', async () => {
    class Names {
      databaseUrl = '';
      s3Bucket = '';
      apiURL = '';
      HTMLParser = '';
      PLAIN_NAME = '';
      x = '';
    }
    const variables = { DATABASE_URL: 'a', S3_BUCKET: 'b', API_URL: 'c', HTML_PARSER: 'd', PLAIN_NAME: 'e', X: 'f' };
    await expect(load(Names, variables)).resolves.toEqual({
      databaseUrl: 'a',
      s3Bucket: 'b',
      apiURL: 'c',
      HTMLParser: 'd',
      PLAIN_NAME: 'e',
      x: 'f',
    });
  });

  test('is that of @Env', async () => {
    class Named {
      @Env('ORDERS_TABLE') table!: string;
      @Env({ name: 'orders.size' }) size = 1;
    }
    await expect(load(Named, { ORDERS_TABLE: 't', 'orders.size': '2', TABLE: 'x' })).resolves.toEqual({
      table: 't',
      size: 2,
    });
  });

  test('is not one that the system sets, unless @Env says so', async () => {
    class Wrong {
      user = 'shop';
    }
    class Right {
      @Env('USER') user = 'shop';
    }
    await expect(load(Wrong)).rejects.toThrow(
      "Wrong.user would be read from USER, which the system sets for itself. Name a variable of your own: @Env('SHOP_USER').",
    );
    expect((await load(Right, { USER: 'me' })).user).toBe('me');
  });
});

enum Stage {
  Trial = 'test',
  Live = 'live',
}

class Address {
  @IsString() host!: string;
  @IsInt() port!: number;
}

class Everything {
  @IsNumber() ratio!: number;
  @IsIn([1, 2]) copies = 1;
  @IsBoolean() enabled!: boolean;
  inferredFlag = false;
  @IsDate() since!: Date;
  @Env() big!: bigint;
  @IsIn(Object.values(Stage)) stage!: Stage;
  @IsString({ each: true }) tags!: string[];
  @IsInt({ each: true }) ports: number[] = [];
  codes = [1, 2];
  @Json() limits!: { requests: number };
  settings = { depth: 1 };
  @ValidateNested() @Type(() => Address) primary!: Address;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Address) others: Address[] = [];
  @Duration('seconds') timeout!: number;
  @Duration('milliseconds') @Max(60_000) interval = 1000;
  @Transform(({ value }) => (value as string).split(';')) @IsString({ each: true }) paths: string[] = [];
  @Env() raw!: string;
}

const EVERYTHING = {
  RATIO: ' 0.5 ',
  COPIES: '2',
  ENABLED: 'TRUE',
  INFERRED_FLAG: '1',
  SINCE: '2026-01-31',
  BIG: '12345678901234567890',
  STAGE: 'live',
  TAGS: 'a, b,,c,',
  PORTS: '80,443',
  CODES: '3',
  LIMITS: '{"requests":5,"__proto__":{"evil":true}}',
  SETTINGS: '{"depth":2}',
  PRIMARY: '{"host":"a","port":1}',
  OTHERS: '[{"host":"b","port":2}]',
  TIMEOUT: '1.5m',
  INTERVAL: '30s',
  PATHS: '/a;/b',
  RAW: ' 1,2 ',
};

describe('a value', () => {
  test('is converted to the type of its property', async () => {
    const config = await load(Everything, EVERYTHING);
    expect(config).toEqual({
      ratio: 0.5,
      copies: 2,
      enabled: true,
      inferredFlag: true,
      since: new Date('2026-01-31'),
      big: 12345678901234567890n,
      stage: 'live',
      tags: ['a', 'b', 'c'],
      ports: [80, 443],
      codes: [3],
      limits: { requests: 5 },
      settings: { depth: 2 },
      primary: { host: 'a', port: 1 },
      others: [{ host: 'b', port: 2 }],
      timeout: 90,
      interval: 30_000,
      paths: ['/a', '/b'],
      raw: ' 1,2 ',
    });
    expect(config.primary).toBeInstanceOf(Address);
    expect((config.limits as { evil?: boolean }).evil).toBeUndefined();
  });

  test('can not be changed by an event, at any depth', async () => {
    const config = await load(Everything, EVERYTHING);
    const seen = new Set<unknown>([config]);
    for (const one of seen)
      if (typeof one === 'object' && one !== null) for (const member of Object.values(one)) seen.add(member);
    const lists = [config.tags, config.ports, config.others, config.paths];
    expect([...seen]).toEqual(expect.arrayContaining([...lists, config.limits, config.primary, config.others[0]]));
    for (const one of seen) if (!(one instanceof Date)) expect(Object.isFrozen(one)).toBe(true);
  });

  test.each([
    ['500ms', 0.5],
    ['30s', 30],
    ['5m', 300],
    ['2 h', 7200],
    ['1d', 86_400],
    ['1.1m', 66],
  ])('%s is a duration of %d seconds', async (text, seconds) => {
    class Timed {
      @Duration('seconds') timeout = 1;
    }
    expect((await load(Timed, { TIMEOUT: text })).timeout).toBe(seconds);
  });

  test.each(['30', '-1s', '1e3s', 's', '5 minutes', '1h30m', 'Infinitys'])('%s is no duration', async (text) => {
    class Timed {
      @Duration('seconds') timeout = 1;
    }
    await expect(mistakes(load(Timed, { TIMEOUT: text }))).resolves.toEqual([
      `timeout: TIMEOUT is "${text}": it must be a duration with its unit, such as 500ms, 30s, 5m, 2h or 1d.`,
    ]);
  });
});

describe('mistakes', () => {
  test('are told all at once, with what was wrong and what to do', async () => {
    const wrong = {
      RATIO: '0x1f',
      COPIES: '3',
      ENABLED: 'yes',
      SINCE: '2026-02-31',
      BIG: '1.5',
      STAGE: 'prod',
      PORTS: '80,https',
      LIMITS: '{requests:1}',
      PRIMARY: '{"host":"a","port":"x"}',
      OTHERS: '[1]',
      INTERVAL: '2m',
    };
    const told = await mistakes(load(Everything, wrong));
    expect(told.toSorted()).toEqual([
      'big: BIG is "1.5": it must be an integer.',
      'copies: COPIES is "3": copies must be one of the following values: 1, 2.',
      'enabled: ENABLED is "yes": it must be true or false.',
      'interval: INTERVAL is "2m": interval must not be greater than 60000.',
      'limits: LIMITS is "{requests:1}": it must be valid JSON.',
      'others: OTHERS is "[1]": others.0: each value in nested property others must be either object or array.',
      'ports: PORTS is "80,https": it must be a list with commas, each item a number.',
      'primary: PRIMARY is "{\\"host\\":\\"a\\",\\"port\\":\\"x\\"}": primary.port: port must be an integer number.',
      'ratio: RATIO is "0x1f": it must be a number.',
      'raw: RAW is not set. Add it to the environment variables of the function.',
      'since: SINCE is "2026-02-31": it must be a date of ISO 8601.',
      'stage: STAGE is "prod": stage must be one of the following values: test, live.',
      'tags: TAGS is not set. Add it to the environment variables of the function. (each value in tags must be a string)',
      'timeout: TIMEOUT is not set. Add it to the environment variables of the function.',
    ]);
  });

  test('name the configuration and how many there are', async () => {
    class Two {
      @Env() a!: string;
      @Env() b!: string;
    }
    await expect(load(Two)).rejects.toThrow('The configuration Two has 2 mistakes:\n- a: A is not set.');
    await expect(load(Two, { A: 'x' })).rejects.toThrow('The configuration Two has a mistake:\n- b: B is not set.');
    await expect(load(Two)).rejects.toBeInstanceOf(BootstrapError);
  });

  test('shorten values, and leave out the credentials of an address', async () => {
    class Addressed {
      @IsUrl({ require_tld: false }) databaseUrl!: string;
      @IsEmail() mail!: string;
    }
    const variables = { DATABASE_URL: 'ftp://admin:hunter2@ d', MAIL: 'x'.repeat(1000) };
    await expect(mistakes(load(Addressed, variables))).resolves.toEqual([
      'databaseUrl: DATABASE_URL is "ftp://…@ d": databaseUrl must be a URL address.',
      `mail: MAIL is "${'x'.repeat(40)}…": mail must be an email.`,
    ]);
  });

  test('include a value on which a rule throws', async () => {
    class Throwing {
      @IsNumber({ maxDecimalPlaces: 2 }) ratio!: number;
    }
    const told = await mistakes(load(Throwing, { RATIO: '1e-7' }));
    expect(told).toEqual([expect.stringMatching(/^ratio: RATIO is "1e-7": ratio must be a number/)]);
  });

  test('include a default that breaks a rule', async () => {
    class Defaulted {
      @Min(1) size = 0;
    }
    await expect(mistakes(load(Defaulted))).resolves.toEqual([
      'size: its default 0 is not valid: size must not be less than 1.',
    ]);
  });

  test('do not include an optional property that nothing sets', async () => {
    class Optional {
      @IsOptional() @IsEmail() mail?: string;
      @Env() @IsOptional() note?: string;
    }
    await expect(load(Optional)).resolves.toEqual({});
    await expect(mistakes(load(Optional, { MAIL: 'x' }))).resolves.toEqual([
      'mail: MAIL is "x": mail must be an email.',
    ]);
  });

  test('include a property of which nothing is known', async () => {
    class Unknown {
      name = undefined as string | undefined;
    }
    await expect(load(Unknown)).rejects.toThrow('Unknown.name has neither a decorator nor a default');
  });

  test('include a constructor that takes arguments', async () => {
    class Constructed {
      constructor(readonly name: string) {}
    }
    await expect(load(Constructed)).rejects.toThrow('The constructor of Constructed takes arguments');
  });

  test.each([
    [undefined, 'ConfigModule was given undefined; it takes the class of a configuration.'],
    [{}, 'ConfigModule was given an object; it takes the class'],
    [() => ({}), 'ConfigModule was given a function; it takes the class'],
  ])('refuse %p in the place of the class', (given, message) => {
    expect(() => ConfigModule.forRoot(given as never)).toThrow(message);
  });

  test.each([
    [() => Env('A B'), 'name is'],
    [() => Env({ nam: 'A' } as never), 'Unknown in the options of @Env: nam'],
    [() => Env(5 as never), 'The options of @Env'],
    [() => Duration('weeks' as never), '@Duration'],
    [() => Duration(undefined as never), '@Duration: unit is undefined; it takes milliseconds or seconds'],
    [() => Env()(class A {}, 'name'), '@Env has no effect here'],
    [() => (Json() as MethodDecorator)(ShopConfig.prototype, 'databaseUrl', {}), '@Json has no effect here'],
  ])('refuse a decorator that can not be meant: %s', (decorate, message) => {
    expect(decorate).toThrow(message);
    expect(decorate).toThrow(BootstrapError);
  });
});
