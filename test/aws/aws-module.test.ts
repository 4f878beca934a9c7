import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { AwsModule } from '../../src/aws/aws-module.js';
import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { ownClassMetadata } from '../../src/metadata/class-metadata.js';
import { resolveSettings, type SettingOverrides, SETTINGS } from '../../src/settings/settings.js';
import type { DynamicModule } from '../../src/shared/module.js';
import { build } from '../modules/build-container.js';

const region = 'eu-central-1';

class Root {}
class ReportsModule {}
class Reports {
  constructor(readonly client: S3Client) {}
}
ownClassMetadata(Reports).injectable = {};
ownClassMetadata(Reports).injections.set(0, { token: S3Client });

function bootstrap(imports: DynamicModule['imports'], overrides?: SettingOverrides) {
  const builtIns = overrides ? [{ token: SETTINGS, value: resolveSettings({}, overrides) }] : [];
  return build({ module: Root, imports }, { builtIns });
}

/**
 * The options of a client's own handler. The handler shows them when it has been used, and keeps them in a promise
 * before.
 */
function limitsOf({ config }: S3Client): Promise<object> {
  return (config.requestHandler as unknown as { configProvider: Promise<object> }).configProvider;
}

test('clients are injected where their class is asked for, in any module', async () => {
  const reports: DynamicModule = { module: ReportsModule, providers: [Reports], exports: [Reports] };
  const container = await bootstrap([
    AwsModule.forRoot({ clients: [S3Client, DynamoDBClient], config: { region } }),
    reports,
  ]);
  const { client } = container.get(Reports);
  expect(client).toBeInstanceOf(S3Client);
  expect(container.get(S3Client)).toBe(client);
  expect(container.get(DynamoDBClient)).toBeInstanceOf(DynamoDBClient);
  await expect(client.config.region()).resolves.toBe(region);
});

test('clients go by the settings of the environment', async () => {
  const container = await bootstrap([AwsModule.forRoot({ clients: [S3Client], config: { region } })]);
  await expect(limitsOf(container.get(S3Client))).resolves.toMatchObject({
    connectionTimeout: 5000,
    requestTimeout: 15_000,
  });
});

test("clients go by the application's settings where there are any, and by config first", async () => {
  const config = { region, requestHandler: { connectionTimeout: 700 } };
  const container = await bootstrap([AwsModule.forRoot({ clients: [S3Client], config })], {
    READ_TIMEOUT: 2,
    CONNECTION_TIMEOUT: 1,
  });
  await expect(limitsOf(container.get(S3Client))).resolves.toMatchObject({
    connectionTimeout: 700,
    requestTimeout: 2000,
  });
});

test('options may come from other providers, later', async () => {
  const regions: DynamicModule = {
    module: ReportsModule,
    providers: [{ provide: 'REGION', useValue: region }],
    exports: ['REGION'],
  };
  const aws = AwsModule.forRootAsync({
    clients: [S3Client],
    imports: [regions],
    inject: ['REGION'],
    useFactory: async (given: string) => ({ region: `${given}-later` }),
  });
  const container = await bootstrap([aws]);
  await expect(container.get(S3Client).config.region()).resolves.toBe(`${region}-later`);
});

test('two modules may hold clients of their own options', async () => {
  const container = await bootstrap([
    AwsModule.forRoot({ clients: [S3Client], config: { region: 'us-east-1' } }),
    AwsModule.forRoot({ clients: [DynamoDBClient], config: { region } }),
  ]);
  await expect(container.get(S3Client).config.region()).resolves.toBe('us-east-1');
  await expect(container.get(DynamoDBClient).config.region()).resolves.toBe(region);
});

test('closing destroys the clients', async () => {
  const container = await bootstrap([AwsModule.forRoot({ clients: [S3Client], config: { region } })]);
  const destroy = jest.spyOn(container.get(S3Client), 'destroy');
  await container.close();
  expect(destroy).toHaveBeenCalledTimes(1);
});

test('a class that an import circle has left undefined is named by its place', () => {
  const clients = [S3Client, undefined as unknown as typeof S3Client];
  expect(() => AwsModule.forRoot({ clients })).toThrow(BootstrapError);
  expect(() => AwsModule.forRoot({ clients })).toThrow(
    'AwsModule: clients[1] is undefined; it takes the class of a client',
  );
});
