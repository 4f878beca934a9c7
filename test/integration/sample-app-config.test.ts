import { inspect } from 'node:util';
import { Test } from 'lambent/testing';
import { AppModule } from '../../sample-app/src/app.module.js';
import { options } from '../../sample-app/src/options.js';
import { OrdersConfig } from '../../sample-app/src/orders-config.js';
import { captureStdout } from '../logging/captured-stdout.js';

afterEach(() => jest.restoreAllMocks());

function start(variables: Readonly<Record<string, string>>) {
  captureStdout();
  jest.replaceProperty(process, 'env', { ...process.env, ...variables });
  return Test.createTestingModule({ imports: [AppModule] }, options).compile();
}

test('on Lambda, the sample app names all variables that are missing', async () => {
  await expect(start({ AWS_LAMBDA_FUNCTION_NAME: 'orders' })).rejects.toThrow(
    /^The configuration OrdersConfig has 3 mistakes:\n- .*TABLE_NAME[^]*API_KEY is not set[^]*SHIPMENTS_QUEUE_URL/,
  );
});

test('the origin of its pages comes from the configuration, and its key is in no listing', async () => {
  await using app = await start({ CORS_ORIGIN: 'https://shop.example', API_KEY: 'hunter2' });
  const headers = { origin: 'https://shop.example' };
  const { headers: answered } = await app.inject({ url: '/health', headers });
  expect(answered['access-control-allow-origin']).toBe('https://shop.example');
  const config = app.get(OrdersConfig);
  expect([config.apiKey, inspect(config).includes('hunter2')]).toEqual(['hunter2', false]);
});
