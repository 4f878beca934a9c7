import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES } from '../../src/build/optional-peers.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, type Built, createBuildProject } from './project.js';

/** An application whose root module has these imports, and other classes before it. */
const application = (imports: string, importing: string, before = '', more = ''): string => `
import 'reflect-metadata';
import { Injectable, LambdaApplication, lazy, Module } from 'lambent';
import { IsString } from 'class-validator';
${importing}
${before}
@Module({ imports: [${imports}]${more} }) class AppModule {}
export const { handler } = LambdaApplication.create(AppModule);
`;

const CONFIG = "import { ConfigModule, Env, FromParameter, FromSecret } from 'lambent/config';";
const AWS =
  "import { AppConfigModule, IdempotencyModule, ParametersModule, SecretsModule, SecretStore } from 'lambent/aws';";
const MESSAGING = "import { MessagingModule } from 'lambent/messaging';";
const LIMIT = "import { RateLimitModule } from 'lambent/rate-limit';";
const JWT = "import { JwtModule } from 'lambent/auth';";
const ALB = "import { AlbAuthModule } from 'lambent/auth';";
const signedIn =
  "{ loadBalancer: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1f', issuer: 'a', clientId: 'b' }";
const OBSERVED = "import { MetricsModule, TracingModule } from 'lambent/observability';";
const CACHE = "import { Cached } from 'lambent/cache';";

const config = (decorators: string) => `class Shop { ${decorators} @IsString() key!: string; }`;
const users = '@Injectable() class Users { @Cached({ ttl: 5 }) async all() { return [1]; } }';
const PAYLOADS = "import { OnSqs } from 'lambent'; import { LargePayloads, PayloadBucket } from 'lambent/messaging';";
const reports = "@Injectable() class Reports { @OnSqs('a') @LargePayloads(new PayloadBucket('orders')) read() {} }";
const own = '@Module({ providers: [{ provide: SecretStore, useValue: {} }], exports: [SecretStore] }) class Own {}';

/** Applications that need packages, with the beginning of the error. */
const refused = {
  secret: [application('ConfigModule.forRoot(Shop)', CONFIG, config("@FromSecret('shop/key')")), 'SecretsModule'],
  parameter: [application('ConfigModule.forRoot(Shop)', CONFIG, config("@FromParameter('/a')")), 'ParametersModule'],
  secrets: [application('SecretsModule.forRoot()', AWS), 'SecretsModule'],
  parameters: [application('ParametersModule.forRoot()', AWS), 'ParametersModule'],
  profiles: [application("AppConfigModule.forRoot({ application: 'a', environment: 'b' })", AWS), 'AppConfigModule'],
  once: [application("IdempotencyModule.forRoot({ tableName: 'once' })", AWS), 'IdempotencyModule'],
  jwt: [application("JwtModule.forRoot({ issuer: 'https://a.example', audience: 'b' })", JWT), 'JwtModule'],
  alb: [application(`AlbAuthModule.forRoot(${signedIn})`, ALB), 'AlbAuthModule'],
  metrics: [application("MetricsModule.forRoot({ namespace: 'a' })", OBSERVED), 'MetricsModule'],
  tracing: [application('TracingModule.forRoot()', OBSERVED), 'TracingModule'],
  topic: [application('MessagingModule.forRoot({ topics: { news: Shop } })', MESSAGING, config('')), 'Topic'],
  bus: [
    application(
      "MessagingModule.forRoot({ buses: { shop: { source: 'a', types: { a: Shop } } } })",
      MESSAGING,
      config(''),
    ),
    'EventBus',
  ],
  writtenPayloads: [
    application(
      "MessagingModule.forRoot({ queues: { orders: { message: Shop, largePayloads: new PayloadBucket('orders') } } })",
      "import { MessagingModule, PayloadBucket } from 'lambent/messaging';",
      config(''),
    ),
    'PayloadBucket',
  ],
  readPayloads: [application('', PAYLOADS, reports, ', providers: [Reports]'), 'PayloadBucket'],
  table: [application("RateLimitModule.forRoot({ store: { table: 'a' } })", LIMIT), 'RateLimitModule with a table'],
  cached: [application('', CACHE, users, ', providers: [Users]'), '@Cached'],
} as const;

/** Applications that are built, with the packages that a warning names. */
const accepted = {
  queue: [application('MessagingModule.forRoot({ queues: { orders: Shop } })', MESSAGING, config('')), []],
  lazyTopic: [
    application(
      "MessagingModule.forRoot({ queues: { orders: Shop } }), lazy('late', async () => Late)",
      MESSAGING,
      `${config('')}\n@Module({}) class Late {}`,
    ),
    ['@aws-sdk/client-eventbridge', '@aws-sdk/client-sns'],
  ],
  memory: [application("RateLimitModule.forRoot({ store: 'memory' })", LIMIT), []],
  lateTable: [
    application("RateLimitModule.forRootAsync({ useFactory: () => ({ store: 'memory' as const }) })", LIMIT),
    ['@aws-sdk/client-dynamodb'],
  ],
  variable: [
    application('ConfigModule.forRoot(Shop)', CONFIG, config("@Env('KEY') @FromSecret('shop/key')")),
    ['@aws-lambda-powertools/parameters/secrets', '@aws-sdk/client-secrets-manager'],
  ],
  ownStore: [
    application('Own, ConfigModule.forRoot(Shop)', `${CONFIG}\n${AWS}`, config("@FromSecret('shop/key')") + own),
    ['@aws-lambda-powertools/parameters/secrets', '@aws-sdk/client-secrets-manager'],
  ],
} as const;

type Name = keyof typeof refused | keyof typeof accepted | 'unplanned';

const all: Readonly<Record<string, readonly [string, unknown]>> = { ...refused, ...accepted };
const INSTALLED = [
  '@fastify',
  'mrmime',
  'reflect-metadata',
  'tsyringe',
  'class-validator',
  'class-transformer',
  'winston',
  '@types',
];

let project: BuildProject;
const built = (name: Name): Built => project.built[name]!;
const absentIn = (name: Name) =>
  built(name)
    .warnings.map((warning) => warning.split(' ', 1)[0])
    .toSorted();

beforeAll(async () => {
  const builds = Object.fromEntries(Object.keys(all).map((name) => [name, { entry: `src/${name}.ts` }]));
  project = await createBuildProject(
    {
      ...builds,
      unplanned: { entry: 'src/jwt.ts', plan: false },
    },
    {
      ...Object.fromEntries(Object.entries(all).map(([name, [text]]) => [`src/${name}.ts`, text])),
      'node_modules/@aws-sdk/client-sqs/package.json': '{ "name": "@aws-sdk/client-sqs", "main": "index.js" }',
      'node_modules/@aws-sdk/client-sqs/index.js': 'exports.SQSClient = class {};',
    },
    INSTALLED,
  );
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

test.each(Object.entries(refused))('the build refuses what cannot start: %s', (name, [, feature]) => {
  const { message } = built(name as Name).failure ?? { message: 'built' };
  const { packages } = FEATURES[feature]!;
  expect(message).toMatch(new RegExp(`^${feature} needs packages that are not installed: npm install ${packages} \\(`));
  expect(message.split('\n')).toHaveLength(1);
});

test.each(Object.entries(accepted))(
  'the build warns of what may be needed, and of nothing else: %s',
  (name, [, packages]) => {
    expect(built(name as Name).failure).toBeUndefined();
    expect(absentIn(name as Name)).toEqual(packages);
  },
);

test('without a plan, nothing is known, and there are warnings', () => {
  expect(absentIn('unplanned')).toContain('aws-jwt-verify/jwt-verifier');
});

/** Features of functions that an application calls where it likes: no plan tells of them. */
const UNPLANNED = ['connectionsClient', 'dynamoDbCheck', 'sqsCheck'];

test('the build knows every feature that needs an optional package, its packages and its files', () => {
  const source = join(repository, 'src');
  const known = Object.entries(FEATURES).flatMap(([feature, { packages, files }]) =>
    files.map((file) => `${file}: ${feature} needs ${packages}`),
  );
  const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  const called = paths.flatMap((path) => {
    const text = readFileSync(join(source, path), 'utf8');
    const constant = /const PACKAGES = '([^']+)'/.exec(text)?.[1];
    const calls = [...text.matchAll(/missingPeers\(\s*'([^']+)',\s*(?:'([^']+)'|PACKAGES)/g)];
    return calls
      .filter(([, feature]) => !UNPLANNED.includes(feature!))
      .map(([, feature, packages]) => `${path.slice(0, -3)}: ${feature} needs ${packages ?? constant}`);
  });
  expect(called.toSorted()).toEqual(known.toSorted());
});
