import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startBuckets } from '../../src/local/buckets/start-buckets.js';
import { startQueues } from '../../src/local/queues/start-queues.js';
import { events } from '../../src/testing/events.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { TestIssuer } from '../../src/testing/test-issuer.js';
import { TestLoadBalancer } from '../../src/testing/test-load-balancer.js';
import { repository } from '../package/manifest.js';
import { type BuildProject, createBuildProject, invoke, send } from './project.js';

// Services behind a subpath are planned by the build like everything else, and are not there where they are not used.

const issuer = new TestIssuer('https://auth.example.com');
const listener = {
  loadBalancer: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188',
  issuer: 'https://auth.example.com',
  clientId: 'web',
};
const loadBalancer = new TestLoadBalancer(listener);
const pem = createPublicKey({ key: loadBalancer.jwks.keys[0]!, format: 'jwk' }).export({ type: 'spki', format: 'pem' });

const sources = {
  'src/healthy.ts': `
    import { LambdaApplication, Module } from 'lambent';
    import { dynamoDbCheck, HealthModule, httpCheck } from 'lambent/health';
    const checks = { own: () => true, database: dynamoDbCheck('orders'), closed: httpCheck('http://127.0.0.1:1/') };
    @Module({ imports: [HealthModule.forRoot({ checks, accessLog: false })] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/caches.ts': `
    import { Controller, Get, Injectable, LambdaApplication, Module, Param } from 'lambent';
    import { CacheControl, Cached } from 'lambent/cache';
    let runs = 0;
    @Injectable() class Users { @Cached({ ttl: 60 }) async find(id: string) { return { id, run: ++runs }; } }
    @Controller('users') @CacheControl({ private: true, maxAge: 5 }) class UsersController {
      constructor(readonly users: Users) {}
      @Get(':id') get(@Param('id') id: string) { return this.users.find(id); }
    }
    @Module({ controllers: [UsersController], providers: [Users] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/limits.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { RateLimit, RateLimitModule } from 'lambent/rate-limit';
    @Controller('orders') @RateLimit({ limit: 3, per: 'day', by: 'ip' }) class Orders {
      @Get() list() { return []; }
      @RateLimit({ limit: 1, per: 'day', by: ({ request }) => request.header('x-tenant') }) @Get('one') one() { return 1; }
    }
    @Module({ imports: [RateLimitModule.forRoot({ store: 'memory' })], controllers: [Orders] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/messages.ts': `
    import { IsString } from 'class-validator';
    import { Body, Controller, LambdaApplication, Module, Post } from 'lambent';
    import { InjectQueue, MessagingModule, type Queue } from 'lambent/messaging';
    class OrderPlaced { @IsString() id!: string; }
    @Controller('orders') class Orders {
      constructor(@InjectQueue('orders') readonly queue: Queue<OrderPlaced>) {}
      @Post() place(@Body() order: any) { return this.queue.send(order); }
    }
    @Module({ imports: [MessagingModule.forRoot({ queues: { orders: OrderPlaced } })], controllers: [Orders] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule, { unhandledErrors: 'respond' });`,
  'src/payloads.ts': `
    import { IsString } from 'class-validator';
    import { Body, Controller, LambdaApplication, Module, OnSqs, Post } from 'lambent';
    import { InjectQueue, LargePayloads, MessagingModule, PayloadBucket, type Queue } from 'lambent/messaging';
    class Report { @IsString() text!: string; }
    const largePayloads = new PayloadBucket('payloads', { threshold: 100, prefix: 'reports/' });
    @Controller('reports') class Reports {
      constructor(@InjectQueue('reports') readonly queue: Queue<Report>) {}
      @Post() send(@Body() report: any) { return this.queue.send(report); }
      @OnSqs('reports') @LargePayloads(largePayloads) read(report: Report) { console.log(JSON.stringify({ read: report.text.length })); }
    }
    const queues = { reports: { message: Report, largePayloads } };
    @Module({ imports: [MessagingModule.forRoot({ queues })], controllers: [Reports] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule, { unhandledErrors: 'respond' });`,
  'src/observed.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { MetricsModule, TracingModule } from 'lambent/observability';
    @Controller('orders') class Orders { @Get() list() { return []; } }
    @Module({
      imports: [MetricsModule.forRoot({ namespace: 'shop', defaults: true }), TracingModule.forRoot()],
      controllers: [Orders],
    }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/scheduled.ts': `
    import { Body, Injectable, LambdaApplication, Module, OnSchedule } from 'lambent';
    @Injectable() class Jobs {
      @OnSchedule({ cron: process.env['NIGHTLY'] ?? '0 3 * * ? *', timezone: 'Europe/Berlin' }) nightly() { console.log('{"ran":"nightly"}'); }
      @OnSchedule({ rate: '1 hour', name: 'hourly-*', input: { all: true } }) hourly(@Body() ran: any) { console.log(JSON.stringify({ ran })); }
    }
    @Module({ providers: [Jobs] }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/signed.ts': `
    import { Controller, Get, LambdaApplication, Module } from 'lambent';
    import { AlbAuthModule, CurrentUser, OptionalAuth, type RequestUser } from 'lambent/auth';
    @Controller() class Home {
      @Get('home') @OptionalAuth() home(@CurrentUser() user?: RequestUser) { return user?.id ?? 'nobody'; }
    }
    @Module({
      imports: [AlbAuthModule.forRoot({ ...${JSON.stringify(listener)}, fetchKey: async () => ${JSON.stringify(pem)} })],
      controllers: [Home],
    }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
  'src/auth.ts': `
    import { APP_GUARD, Controller, Get, LambdaApplication, Module, OnSqs, type Request } from 'lambent';
    import { ApiKeyModule, AuthGuard, CurrentUser, GatewayAuthModule, JwtModule, Public, Roles } from 'lambent/auth';
    @Controller() class Orders {
      @Get('me') me(@CurrentUser('id') id: string) { return id; }
      @Get('admin') @Roles(process.env['ADMIN'] ?? 'owner') admin() { return 'admin'; }
      @Get('open') @Public() open() { return 'open'; }
      @OnSqs('orders') ship() {}
    }
    @Module({
      imports: [
        JwtModule.forRoot({ issuer: 'https://auth.example.com', audience: 'orders', jwks: ${JSON.stringify(issuer.jwks)} }),
        ApiKeyModule.forRootAsync({ useFactory: () => ({ keys: [{ name: 'shop', key: 'a3f1c0ffee' }] }) }),
        GatewayAuthModule.forRoot({ authorizers: ['iam'] }),
      ],
      controllers: [Orders],
      providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
    }) class AppModule {}
    export const { handler } = LambdaApplication.create(AppModule);`,
};

let project: BuildProject;

beforeAll(async () => {
  if (!existsSync(join(repository, 'dist'))) throw new Error('This test runs the build: run `npm run build` first.');
  const names = [
    'hello',
    'healthy',
    'caches',
    'limits',
    'auth',
    'signed',
    'messages',
    'payloads',
    'observed',
    'scheduled',
  ];
  const entries = names.map((name) => [name, { entry: `src/${name}.ts` }] as const);
  project = await createBuildProject(Object.fromEntries(entries), sources);
});

afterAll(() => {
  if (project) rmSync(project.folder, { recursive: true, force: true });
});

/** The text of all files of a bundle. */
function textOf(name: string): string {
  const folder = join(project.bundles, name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.mjs'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
}

test('limits are planned in the build, and count', async () => {
  expect(project.built['limits']!.plan).toMatchObject([{ planned: 'build' }]);
  const tenant = { url: '/orders/one', headers: { 'x-tenant': 'acme' } };
  const requests = [{ url: '/orders' }, tenant, tenant, ...Array.from({ length: 3 }, () => ({ url: '/orders' }))];
  const outcomes = await invoke(join(project.bundles, 'limits/limits.mjs'), requests);
  expect(outcomes.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 429, 200, 200, 429]);
  expect(outcomes.flatMap(({ log }) => log.filter(({ type }) => type !== 'access'))).toEqual([]);
});

test('caches are planned in the build, and keep values', async () => {
  expect(project.built['caches']!.plan).toMatchObject([{ planned: 'build' }]);
  const outcomes = await invoke(join(project.bundles, 'caches/caches.mjs'), [{ url: '/users/1' }, { url: '/users/1' }]);
  expect(outcomes.map(({ answer }) => answer)).toMatchObject(
    [1, 1].map((run) => ({
      statusCode: 200,
      headers: { 'cache-control': 'private, max-age=5' },
      body: `{"id":"1","run":${run}}`,
    })),
  );
});

const bearer = (claims: object) => ({ authorization: `Bearer ${issuer.sign({ aud: 'orders', ...claims })}` });

test('guards are planned in the build, and know who calls', async () => {
  expect(project.built['auth']!.plan).toMatchObject([{ planned: 'build' }]);
  const requests = [
    { url: '/me', headers: bearer({ sub: 'ann' }) },
    { url: '/me', headers: { 'x-api-key': 'a3f1c0ffee' } },
    { url: '/me' },
    { url: '/me', headers: bearer({ sub: 'ann', exp: 1 }) },
    { url: '/open' },
    { url: '/admin', headers: bearer({ sub: 'ann', roles: ['owner'] }) },
    { url: '/admin', headers: bearer({ sub: 'ann', roles: ['user'] }) },
  ];
  const outcomes = await invoke(join(project.bundles, 'auth/auth.mjs'), requests);
  expect(outcomes.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 401, 401, 200, 200, 403]);
  expect(outcomes.slice(0, 4).map(({ answer }) => answer.body)).toEqual([
    '"ann"',
    '"shop"',
    '{"detail":"Authentication is required"}',
    '{"detail":"The access token has expired"}',
  ]);
  expect(outcomes.flatMap(({ log }) => log.filter(({ type }) => type !== 'access'))).toEqual([]);
});

test('users of a load balancer are known to a planned function, which may have others', async () => {
  expect(project.built['signed']!.plan).toMatchObject([{ planned: 'build' }]);
  const other = new TestLoadBalancer({ ...listener, clientId: 'other' });
  const headers = [{}, ...[loadBalancer, other].map((one) => ({ 'x-amzn-oidc-data': one.sign({ sub: 'ann' }) }))];
  const outcomes = await send(
    join(project.bundles, 'signed/signed.mjs'),
    headers.map((given) => ({ handler: 'handler', event: httpEvents.alb({ url: '/home', headers: given }) })),
  );
  expect(outcomes.map(({ answer }) => answer.statusCode)).toEqual([200, 200, 401]);
  expect(outcomes.slice(0, 2).map(({ answer }) => answer.body)).toEqual(['"nobody"', '"ann"']);
  expect(textOf('auth')).not.toContain('x-amzn-oidc-data');
});

test('queues to send to are planned in the build, which knows no address, and take no wrong message', async () => {
  expect(project.built['messages']!.plan).toMatchObject([{ planned: 'build' }]);
  process.env['ORDERS_QUEUE_URL'] = 'http://127.0.0.1:1/orders';
  try {
    const wrong = { method: 'POST', url: '/orders', payload: { id: 1 } } as const;
    const [sent] = await invoke(join(project.bundles, 'messages/messages.mjs'), [wrong]);
    expect(sent!.answer.statusCode).toBe(500);
    expect(JSON.stringify(sent!.log)).toContain('id must be a string');
  } finally {
    delete process.env['ORDERS_QUEUE_URL'];
  }
});

test('large payloads are planned in the build, and go through a bucket', async () => {
  expect(project.built['payloads']!.plan).toMatchObject([{ planned: 'build' }]);
  const delivered: string[] = [];
  const queues = await startQueues({ names: ['reports'] });
  const buckets = await startBuckets({ names: ['payloads'] });
  queues.deliverTo((event: unknown) => {
    delivered.push(JSON.stringify(event));
    return Promise.resolve({});
  });
  const variables = {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    REPORTS_QUEUE_URL: queues.urlOf('reports'),
    PAYLOADS_BUCKET: buckets.urlOf('payloads'),
  };
  Object.assign(process.env, variables);
  try {
    const entry = join(project.bundles, 'payloads/payloads.mjs');
    const [sent] = await invoke(entry, [{ method: 'POST', url: '/reports', payload: { text: 'x'.repeat(500) } }]);
    expect(sent!.answer.statusCode).toBe(200);
    await queues.idle();
    const [read] = await send(entry, [{ handler: 'handler', event: JSON.parse(delivered[0]!) as object }]);
    expect(read!.answer).toEqual({ batchItemFailures: [] });
    expect(read!.log).toContainEqual({ read: 500 });
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    await Promise.all([queues.close(), buckets.close()]);
  }
});

test('metrics and traces are planned in the build, and written', async () => {
  expect(project.built['observed']!.plan).toMatchObject([{ planned: 'build' }]);
  const [seen] = await invoke(join(project.bundles, 'observed/observed.mjs'), [{ url: '/orders' }]);
  expect(seen!.answer.statusCode).toBe(200);
  expect(seen!.log).toContainEqual(expect.objectContaining({ _aws: expect.anything() as unknown }));
});

test('schedules are planned in the build, whose bundle has nothing of when they run', async () => {
  const { plan, files } = project.built['scheduled']!;
  expect(plan).toMatchObject([{ planned: 'build' }]);
  const loaded = files.filter(({ role }) => role !== 'lazy').map(({ name }) => name);
  const text = loaded.map((name) => readFileSync(join(project.bundles, 'scheduled', name), 'utf8')).join('');
  expect(text).toContain('Europe/Berlin');
  expect(text).not.toMatch(/DateTimeFormat|day-of-month/);
  // Another time is no reason to plan anew: the function runs whenever it is invoked.
  process.env['NIGHTLY'] = '0 4 * * ? *';
  try {
    const entry = join(project.bundles, 'scheduled/scheduled.mjs');
    const outcomes = await send(entry, [
      { handler: 'handler', event: events.schedule({ rule: 'Jobs.nightly', scheduler: true }) },
      { handler: 'handler', event: events.schedule({ rule: 'hourly-orders', input: { all: true } }) },
    ]);
    const lines = outcomes.flatMap(({ log }) => log);
    expect(lines.filter((line) => 'ran' in line)).toEqual([{ ran: 'nightly' }, { ran: { all: true } }]);
    expect(JSON.stringify(lines)).not.toContain('plan');
  } finally {
    delete process.env['NIGHTLY'];
  }
});

test('health checks are planned in the build, and answer requests and direct invocations', async () => {
  expect(project.built['healthy']!.plan).toMatchObject([{ planned: 'build' }]);
  const report = {
    status: 'error',
    info: { own: { status: 'up' } },
    error: { database: { status: 'down' }, closed: { status: 'down' } },
  };
  const entry = join(project.bundles, 'healthy/healthy.mjs');
  const [route, direct] = await send(entry, [
    { handler: 'handler', event: httpEvents.apiGatewayV2({ url: '/health' }) },
    { handler: 'handler', event: { health: true } },
  ]);
  expect(route!.answer.statusCode).toBe(503);
  expect(JSON.parse(route!.answer.body)).toMatchObject(report);
  expect(direct!.answer).toMatchObject(report);
  expect(route!.log.filter(({ type }) => type === 'access')).toEqual([]);
});

test.each([
  ['healthy', 'Health check'],
  ['caches', 's-maxage'],
  ['limits', 'ratelimit-policy'],
  ['auth', 'invalid_token'],
  ['signed', 'x-amzn-oidc-data'],
  ['messages', 'InvalidMessageError'],
  ['payloads', 'PayloadS3Pointer'],
  ['observed', 'TracingModule'],
])('no byte of %s is in a bundle that does not use them', (name, mark) => {
  expect(textOf(name)).toContain(mark);
  expect(textOf('hello')).not.toContain(mark);
});

test('no byte of large payloads is in a bundle that sends messages without them', () => {
  expect(textOf('messages')).toContain('InvalidMessageError');
  const marks = ['PayloadS3Pointer', 'PayloadError', 'client-s3', 'LargePayloadsGuard'];
  expect(marks.filter((mark) => textOf('messages').includes(mark))).toEqual([]);
  expect(marks.filter((mark) => textOf('payloads').includes(mark))).toEqual(marks);
});
