import { execFileSync } from 'node:child_process';
import { LambdaApplication } from '../../../../src/application/lambda-application.js';
import type { FunctionPool } from '../../../../src/cli/dev/functions/function-pool.js';
import type { LiveFunction } from '../../../../src/cli/dev/functions/live-function.js';
import { describeFunction } from '../../../../src/cli/dev/runtime/loaded-function.js';
import { StartupBanner } from '../../../../src/cli/dev/server/startup-banner.js';
import { paint } from '../../../../src/cli/framework/colors.js';
import { OnEventBridge, OnSchedule, OnSns, OnSqs } from '../../../../src/decorators/consumers.js';
import { Module } from '../../../../src/decorators/module.js';
import { Controller, Get, Post } from '../../../../src/decorators/routes.js';
import { HealthModule } from '../../../../src/health/health-module.js';
import { parseDelivery } from '../../../../src/local/deliver/deliver.js';
import { OpenApiModule } from '../../../../src/openapi/openapi-module.js';
import type { Constructor } from '../../../../src/shared/types.js';

class OrdersController {
  @Get('orders/:id') find(): void {}
  @Post('orders') place(): void {}
}
Controller()(OrdersController);

class Consumers {
  @OnSqs('orders') ship(): void {}
  @OnSqs('o*') count(): void {}
  @OnSns('news') read(): void {}
  @OnEventBridge({ source: 'shop.orders', detailType: 'Placed' }) placed(): void {}
  @OnSchedule({ cron: '0 3 * * ? *', timezone: 'Europe/Berlin', name: 'nightly-*', input: { of: "a 'day'" } })
  report(): void {}
  @OnSchedule({ rate: '15 minutes' }) sweep(): void {}
}

const LINKS = [OpenApiModule.forRoot({ title: 'Shop', version: '1' }), HealthModule.forRoot({ checks: {} })];

function described(controllers: Constructor[], providers: Constructor[] = [], imports = LINKS): object {
  class AppModule {}
  Module({ imports, controllers, providers })(AppModule);
  return describeFunction(undefined, [LambdaApplication.describe(AppModule)]);
}

interface Shown {
  readonly columns?: number;
  readonly colored?: boolean;
  readonly url?: string;
}

function bannerOf(
  functions: Readonly<Record<string, object | Error>>,
  { columns, colored = false, url = 'http://localhost:3000' }: Shown = {},
) {
  const printed: string[] = [];
  const all = Object.entries(functions).map(([name, description]) => ({
    name,
    source: `src/${name}.ts`,
    description: description instanceof Error ? undefined : description,
    startEnded: () => (description instanceof Error ? Promise.reject(description) : Promise.resolve()),
  })) as unknown as LiveFunction[];
  const pool = { all, front: async () => all[0] } as unknown as FunctionPool;
  const messages = {
    local: (['orders', 'audit'] as const).map((name) => ({ kind: 'queue' as const, name })),
    endpoints: { queue: 'http://127.0.0.1:4000', topic: '', bus: '' },
    buckets: { names: ['payloads'], endpoint: 'http://127.0.0.1:5000' },
  };
  const print = (text: string) => void printed.push(text);
  const banner = new StartupBanner({
    pool,
    messages,
    source: 'v2',
    paint: paint(colored),
    columns: () => columns,
    print,
  });
  banner.url = url;
  return { banner, all, printed };
}

test('the banner shows routes, queues, schedules, consumers and links, and what to try', async () => {
  const { banner, printed } = bannerOf({ handler: described([OrdersController], [Consumers]) }, { columns: 80 });
  await banner.show();
  expect(printed).toEqual([
    `
Listening on http://localhost:3000 (emulating HTTP API, payload 2.0)

  GET   /orders/:id  OrdersController.find
  POST  /orders      OrdersController.place

Queues on http://127.0.0.1:4000
  orders  Consumers.ship, Consumers.count
  audit   no consumer: messages wait

Buckets on http://127.0.0.1:5000
  payloads

Schedules
  nightly-*        cron(0 3 * * ? *) Europe/Berlin  Consumers.report
  Consumers.sweep  rate(15 minutes)

Other consumers
  sns          news                 Consumers.read
  eventbridge  shop.orders, Placed  Consumers.placed

Links
  OpenAPI document  http://localhost:3000/openapi.json
  API page          http://localhost:3000/docs
  Health            http://localhost:3000/health

Try: curl -i http://localhost:3000/orders/id
     npx lambent invoke schedule 'nightly-*' --detail '{"of":"a '\\''day'\\''"}'
`,
  ]);
});

test('the banner is printed again only if it has changed', async () => {
  const { banner, all, printed } = bannerOf({ handler: described([OrdersController], [], []) });
  await banner.show();
  await banner.show();
  expect(printed).toHaveLength(1);
  all[0]!.description = described([]) as LiveFunction['description'];
  await banner.show();
  expect(printed).toHaveLength(2);
});

test('nothing is there to try before the function has started, and a later failure changes nothing', async () => {
  const { banner, all, printed } = bannerOf({ handler: new Error('No such table') });
  await banner.show();
  expect(printed[0]).toMatch(/^\nListening on .*\n\nQueues/);
  expect(printed[0]).not.toContain('Try:');
  all[0]!.description = described([OrdersController]) as LiveFunction['description'];
  all[0]!.startEnded = () => Promise.resolve();
  await banner.show();
  expect(printed[1]).toContain('Try: curl');
  all[0]!.startEnded = () => Promise.reject(new Error('No such table'));
  await banner.show();
  expect(printed).toHaveLength(2);
});

test('a queue whose messages carry events or requests has its consumers', async () => {
  class Uploads {
    @OnSns('uploads', { via: { sqs: 'orders' } }) store(): void {}
  }
  class AppModule {}
  Module({ providers: [Uploads] })(AppModule);
  const application = LambdaApplication.describe(AppModule, { requestsVia: { sqs: ['audit'] } });
  const { banner, printed } = bannerOf({ handler: describeFunction(undefined, [application]) });
  await banner.show();
  expect(printed[0]).toContain('\n  orders  Uploads.store\n  audit   requestsVia\n');
  expect(printed[0]).not.toContain('Other consumers');
});

test('the messages of all queues go to a handler of no application', async () => {
  const { banner, printed } = bannerOf({ handler: describeFunction(undefined, []) });
  await banner.show();
  expect(printed[0]).toContain('\n  orders\n  audit\n');
});

test('lines are cut to the width of the terminal, and titles are bold', async () => {
  class LongController {
    @Get(`${'long/'.repeat(20)}`) find(): void {}
  }
  Controller()(LongController);
  const { banner, printed } = bannerOf({ handler: described([LongController]) }, { columns: 60, colored: true });
  await banner.show();
  const [route] = /^ {2}GET.*$/m.exec(printed[0]!)!;
  expect(route).toHaveLength(60);
  expect(route).toMatch(/…$/);
  expect(printed[0]).toContain('\n\u001B[1mLinks\u001B[22m\n');
});

test('several functions are listed, and the links are those of the one that gets requests', async () => {
  const { banner, printed } = bannerOf({ api: described([OrdersController]), jobs: described([], [Consumers], []) });
  await banner.show();
  expect(printed[0]).toContain(`
Functions
  api   src/api.ts   http://localhost:3000
  jobs  src/jobs.ts  npx lambent invoke --function jobs …
`);
  expect(printed[0]).toContain('  orders  Consumers.ship');
});

test('commands name the URL of a server that they would not find by themselves', async () => {
  const functions = { api: described([OrdersController]), jobs: described([], [Consumers], []) };
  const { banner, printed } = bannerOf(functions, { url: 'http://localhost:3471' });
  await banner.show();
  expect(printed[0]).toContain('npx lambent invoke --function jobs --url http://localhost:3471 …');
  const [, commandLine = ''] = /npx lambent invoke (schedule .*)/.exec(printed[0]!)!;
  const words = execFileSync('sh', ['-c', `printf '%s\\n' ${commandLine}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  expect(parseDelivery(words)).toMatchObject({ url: 'http://localhost:3471', event: { detail: { of: "a 'day'" } } });
});
