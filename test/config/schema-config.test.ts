import 'reflect-metadata';
import * as v from 'valibot';
import { z } from 'zod';
import { Duration, Env, FromSecret } from '../../src/config/config-decorators.js';
import { ConfigModule } from '../../src/config/config-module.js';
import { SchemaConfig } from '../../src/config/schema-config.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { ValueServices } from '../aws/parameters/value-services.js';
import { load, mistakes, storeModules } from './load.js';

const services = new ValueServices();
beforeAll(() => services.start());
afterAll(() => services.close());
beforeEach(() => services.clear());

const schema = z.object({
  databaseUrl: z.url(),
  pageSize: z.number().int().min(1).max(100).default(20),
  readOnly: z.boolean().default(false),
  origins: z.array(z.string()).default([]),
  ports: z.array(z.number()).optional(),
  stage: z.enum(['test', 'live']).default('test'),
  limits: z.object({ requests: z.number() }).optional(),
  retries: z.coerce.number().optional(),
  timeout: z.number().max(60).default(30),
  password: z.string().min(8),
});

class ShopConfig extends SchemaConfig(schema, {
  password: FromSecret('shop/database', { key: 'password' }),
  timeout: [Env('REQUEST_TIMEOUT'), Duration('seconds')],
}) {
  get isLive() {
    return this.stage === 'live';
  }
}

const loadShop = (variables: Readonly<Record<string, string>>) => load(ShopConfig, variables, storeModules(services));

test('a schema checks the values of a class, and its types say how they are read', async () => {
  services.secrets.set('shop/database', '{"password":"swordfish"}');
  const config = await loadShop({
    DATABASE_URL: 'http://db',
    READ_ONLY: 'true',
    ORIGINS: 'a,b',
    PORTS: '80, 443',
    STAGE: 'live',
    LIMITS: '{"requests":5}',
    RETRIES: '3',
    REQUEST_TIMEOUT: '1m',
  });
  expect(config).toBeInstanceOf(ShopConfig);
  expect({ ...config }).toEqual({
    databaseUrl: 'http://db',
    pageSize: 20,
    readOnly: true,
    origins: ['a', 'b'],
    ports: [80, 443],
    stage: 'live',
    limits: { requests: 5 },
    retries: 3,
    timeout: 60,
  });
  expect([config.password, config.isLive, JSON.stringify(config).includes('swordfish')]).toEqual([
    'swordfish',
    true,
    false,
  ]);
});

test('all mistakes of a schema are told at once, without secrets', async () => {
  services.secrets.set('shop/database', '{"password":"hunter2"}');
  const told = await mistakes(
    loadShop({ PAGE_SIZE: '0', READ_ONLY: 'no', LIMITS: '{"requests":"x"}', STAGE: 'x', REQUEST_TIMEOUT: '5m' }),
  );
  expect(told).toEqual([
    expect.stringMatching(/^databaseUrl: DATABASE_URL is not set\. Add it to .* \(Invalid input.*\)$/),
    expect.stringMatching(/^pageSize: PAGE_SIZE is "0": Too small/),
    'readOnly: READ_ONLY is "no": it must be true or false.',
    expect.stringMatching(/^stage: STAGE is "x": Invalid option/),
    expect.stringMatching(/^limits: LIMITS is .*: limits\.requests: Invalid input/),
    expect.stringMatching(/^timeout: REQUEST_TIMEOUT is "5m": Too big/),
    'password: The member "password" of the secret "shop/database" has a value that is not shown here: it breaks the rule too_small.',
  ]);
});

/** Quotes values in its messages, of properties and of the whole, as arktype does. */
const quoting = {
  '~standard': {
    version: 1 as const,
    vendor: 'quoting',
    validate: (value: unknown) => {
      const { size, key } = value as { size: number; key: string };
      const issues = [
        ...(size > 3 ? [] : [{ message: `size must be more than 3 (was ${size})`, path: ['size'] }]),
        ...(key.length > 10 ? [] : [{ message: `key must be long (was "${key}")`, path: [{ key: 'key' }] }]),
        ...(size > 5 ? [] : [{ message: `must be larger (was ${JSON.stringify(value)})` }]),
      ];
      return issues.length > 0 ? { issues } : { value: { size, key } };
    },
    types: undefined as { input: unknown; output: { size: number; key: string } } | undefined,
    jsonSchema: {
      input: () => ({
        type: 'object',
        properties: { size: { anyOf: [{ type: 'integer' }, { type: 'null' }] }, key: {} },
      }),
    },
  },
};

test('a schema may quote values in its messages, and those of secrets are not shown', async () => {
  class Quoting extends SchemaConfig(quoting, { key: FromSecret('key') }) {}
  const loadQuoting = (SIZE: string) => load(Quoting, { SIZE }, storeModules(services));
  services.secrets.set('key', 'hunter2');
  await expect(mistakes(loadQuoting('1'))).resolves.toEqual([
    'size: SIZE is "1": size must be more than 3 (was 1).',
    'key: The secret "key" has a value that is not shown here: it breaks the rule quoting.',
    'as a whole, it breaks the rule quoting.',
  ]);
  services.secrets.set('key', 'swordfish-swordfish');
  const config = await loadQuoting('6');
  expect([config.size, config.key, Object.keys(config)]).toEqual([6, 'swordfish-swordfish', ['size']]);
});

test('what a schema makes of a secret is a secret, too', async () => {
  const joined = z
    .object({ host: z.string(), key: z.string() })
    .transform(({ host, key }) => ({ dsn: `${key}@${host}` }));
  class Joined extends SchemaConfig(joined, { ...({ key: FromSecret('key') } as object) }) {}
  services.secrets.set('key', 'hunter2');
  const config = await load(Joined, { HOST: 'db' }, storeModules(services));
  expect([config.dsn, JSON.stringify(config)]).toEqual(['hunter2@db', '{}']);
});

test('a schema without a JSON Schema is refused with advice', async () => {
  class Valibot extends SchemaConfig(v.object({ name: v.string() })) {}
  await expect(load(Valibot)).rejects.toThrow('toStandardJsonSchema() of @valibot/to-json-schema');
});

test.each([
  [class extends SchemaConfig(z.record(z.string(), z.string())) {}, 'must describe an object with properties'],
  [class extends SchemaConfig(z.object({ a: z.string() }), { b: Env() } as never) {}, 'has no property "b"'],
  [class extends SchemaConfig(z.object({ a: z.string() }).transform(() => 5 as unknown as object)) {}, 'returned 5'],
])('a schema that can not be meant is refused at bootstrap: %#', async (config, message) => {
  await expect(load(config, { A: 'x' })).rejects.toThrow(message);
});

test('a schema alone is no class, and is told from one', () => {
  expect(() => ConfigModule.forRoot(schema as never)).toThrow('class ShopConfig extends SchemaConfig(schema) {}');
  expect(() => SchemaConfig({} as never)).toThrow(BootstrapError);
  expect(() => SchemaConfig(schema, { timeout: 'x' as never })).toThrow('SchemaConfig: timeout is a string');
});
