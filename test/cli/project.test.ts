import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { repository } from '../package/manifest.js';
import { DevCommand } from './dev/dev-command.js';

// The command as it is installed, on a project whose packages are links to those of this repository.
const parent = realpathSync(mkdtempSync(join(tmpdir(), 'lambent-new-')));
const folder = join(parent, 'my-api');
/** Functions in their short form, as the text after their tag. */
const CLOUDFORMATION = ['Sub', 'Ref', 'GetAtt'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => `${name} ${text}`,
}));
const KINDS = ['module', 'controller', 'service', 'dto', 'guard', 'interceptor', 'pipe', 'filter', 'consumer'];

async function node(args: readonly string[], cwd = folder): Promise<string> {
  try {
    const options = { cwd, env: { ...process.env, NODE_OPTIONS: '' }, timeout: 300_000 };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
    return stdout + stderr;
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}

const tool = (path: string, ...args: readonly string[]): Promise<string> =>
  node([join(repository, 'node_modules', path), ...args]);
const lambent = (commandLine: string, cwd = folder): Promise<string> =>
  node([join(repository, 'dist/esm/cli/main.js'), ...commandLine.split(' ')], cwd);

function link(name: string): void {
  const target = join(folder, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(name === 'lambent' ? repository : join(repository, 'node_modules', name), target, 'dir');
}

beforeAll(async () => {
  await lambent('new my-api --yes --no-install', parent);
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
    string,
    object
  >;
  Object.keys({ ...dependencies, ...devDependencies }).forEach(link);
  for (const kind of KINDS) await lambent(`generate ${kind} shop/${kind}-part`);
  await lambent('generate resource shop/posts');
});

afterAll(() => rmSync(parent, { recursive: true }));

test('a new project with one of each kind has right types', async () => {
  expect(await tool('typescript/bin/tsc', '--noEmit')).toBe('');
});

test('all of its tests pass', async () => {
  const output = await tool('jest/bin/jest.js', '--maxWorkers=2');
  // The example has two; of the resource the controller and the service have one.
  expect(output).toContain(`Test Suites: ${KINDS.length + 4} passed, ${KINDS.length + 4} total`);
});

test('oxlint has nothing to say of it', async () => {
  expect(await tool('oxlint/bin/oxlint', '--deny-warnings')).toContain('Found 0 warnings and 0 errors.');
});

test('its bundle answers under the handler that the template names', async () => {
  expect(await lambent('build')).toMatch(/^bundle: .+\n {2}handler\.mjs /);
  expect(readFileSync(join(folder, 'template.yaml'), 'utf8')).toContain(
    'CodeUri: bundle/\n      Handler: handler.handler\n',
  );
  writeFileSync(
    join(folder, 'call.mjs'),
    `import { inject } from 'lambent/testing';
     import { handler } from './bundle/handler.mjs';
     console.log((await inject({ handler }, { url: '/hello/Ada' })).payload);`,
  );
  expect(await node(['call.mjs'])).toContain('{"message":"Hello, Ada!"}');
});

test('what npm start runs answers, and a change in it at once', async () => {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { dev: string } };
  const command = new DevCommand(folder, scripts.dev.split(' ').slice(2));
  const service = readFileSync(join(folder, 'src/hello/hello.service.ts'), 'utf8');
  try {
    await command.answers('Hello, Ada!', '/hello/Ada');
    write('hello/hello.service.ts', service.replace('Hello,', 'Good day,'));
    await command.answers('Good day, Ada!', '/hello/Ada');
  } finally {
    write('hello/hello.service.ts', service);
    await command.stop();
  }
});

test('several functions are bundled into a folder each, and described for programs', async () => {
  const path = join(folder, 'package.json');
  const manifest = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    JSON.stringify({
      ...JSON.parse(manifest),
      lambent: { functions: { api: 'src/handler.ts', jobs: 'src/handler.ts' } },
    }),
  );
  // The bundle of another function stays.
  mkdirSync(join(folder, 'bundle'), { recursive: true });
  writeFileSync(join(folder, 'bundle/handler.mjs'), '');
  const reports = JSON.parse(await lambent('build jobs --no-minify --sourcemaps none --budget 1 --json')) as Record<
    string,
    { outDir: string; warnings: string[] }
  >;
  writeFileSync(path, manifest);
  expect(Object.keys(reports)).toEqual(['jobs']);
  expect(reports['jobs']!.warnings).toEqual([expect.stringContaining('over the budget of 1 kB')]);
  expect(reports['jobs']!.outDir).toBe(join(folder, 'bundle', 'jobs'));
  expect(readdirSync(join(folder, 'bundle', 'jobs'))).toContain('jobs.mjs');
  expect(readdirSync(join(folder, 'bundle'))).toContain('handler.mjs');
});

test('lambent routes lists its routes and consumers', async () => {
  const output = await lambent('routes');
  expect(output).toMatch(/^ {2}POST +\/hello +HelloController\.greetTimes +HelloModule$/m);
  expect(output).toMatch(/^ {2}PATCH +\/posts\/:id +PostsController\.update +PostsModule$/m);
  expect(output).toMatch(/^ {2}sqs +queue consumer-part +ConsumerPartConsumer\.handle +AppModule$/m);
  const { routes } = JSON.parse(await lambent('routes --json')) as { routes: object[] };
  expect(routes).toContainEqual({
    method: 'GET',
    path: '/hello/:name',
    handler: 'HelloController.greet',
    module: 'HelloModule',
    guarded: false,
  });
});

const jobsTemplate = (policies: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  OrdersQueue: { Type: Custom::Thing }
  NewsTopic:
    Type: AWS::SNS::Topic
  Jobs:
    Type: AWS::Serverless::Function
    Properties:
      Handler: jobs.handler
      CodeUri: bundle/
      Runtime: nodejs24.x
${policies}      Environment:
        Variables:
          LOG_LEVEL: debug
          MAILS_QUEUE_URL: mine
          # lambent:variables src/messages.ts
          # lambent:end
      Events:
        # lambent:events src/messages.ts
        # lambent:end
`;

test('lambent sam writes policies and variables between their marks, and says where there are none', async () => {
  write(
    'messages.ts',
    `import { IsString } from 'class-validator';
    import { Module, OnSchedule, OnSqs } from 'lambent';
    import { ConfigModule, FromSecret } from 'lambent/config';
    import { MessagingModule } from 'lambent/messaging';
    class Placed { @IsString() id!: string; }
    class Config { @FromSecret('shop/key') key!: string; }
    class Jobs { @OnSqs('orders') take() {} @OnSchedule({ rate: '1 hour', name: 'hourly-*' }) run() {} }
    const messaging = MessagingModule.forRoot({ queues: { orders: Placed, 'mails.fifo': Placed }, topics: { news: Placed } });
    @Module({ imports: [messaging, ConfigModule.forRoot(Config)], providers: [Jobs] }) export class MessagesModule {}`,
  );
  const path = join(folder, 'jobs.yaml');
  writeFileSync(path, jobsTemplate(''));
  expect(await lambent('sam -w -t jobs.yaml')).toContain(
    'Add the lines "# lambent:policies src/messages.ts" and "# lambent:end" below "Policies:" of the function',
  );
  await expect(lambent('sam --check -t jobs.yaml')).rejects.toThrow(
    'no marks for the policies that the application needs: sqs:SendMessage, sns:Publish, secretsmanager:GetSecretValue',
  );
  writeFileSync(path, readFileSync(path, 'utf8').replace('    Properties:', '    Properties:\n      Role: arn:mine'));
  expect(await lambent('sam --check -t jobs.yaml')).toBe('UNCHANGED jobs.yaml\n');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/ +# lambent:variables[^]*?# lambent:end\n/g, ''));
  await expect(lambent('sam --check -t jobs.yaml')).rejects.toThrow(
    'no marks for the variables that the application needs: ORDERS_QUEUE_URL, NEWS_TOPIC_ARN. Add',
  );
  writeFileSync(
    path,
    jobsTemplate('      Policies:\n        # lambent:policies src/messages.ts\n        # lambent:end\n'),
  );
  expect(await lambent('sam -w -t jobs.yaml')).toBe('UPDATE jobs.yaml\n');
  expect(await tool('oxfmt/bin/oxfmt', '--check', 'jobs.yaml')).toContain('All matched files');
  const { Resources } = parse(readFileSync(path, 'utf8'), { customTags: CLOUDFORMATION }) as {
    Resources: { Jobs: { Properties: Record<string, unknown> } };
  };
  const HERE = '${AWS::Region}:${AWS::AccountId}';
  expect(Resources.Jobs.Properties).toMatchObject({
    Policies: [
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: `Sub arn:\${AWS::Partition}:sqs:${HERE}:orders` },
          { Action: ['sqs:SendMessage'], Resource: `Sub arn:\${AWS::Partition}:sqs:${HERE}:mails.fifo` },
          { Action: ['sns:Publish'], Resource: 'Ref NewsTopic' },
          {
            Action: ['secretsmanager:GetSecretValue'],
            Resource: `Sub arn:\${AWS::Partition}:secretsmanager:${HERE}:secret:shop/key-??????`,
          },
        ],
      },
    ],
    Environment: {
      Variables: {
        LOG_LEVEL: 'debug',
        MAILS_QUEUE_URL: 'mine',
        ORDERS_QUEUE_URL: 'Sub https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/orders',
        NEWS_TOPIC_ARN: 'Ref NewsTopic',
      },
    },
    Events: {
      OrdersQueue: { Type: 'SQS' },
      HourlySchedule: {
        Type: 'ScheduleV2',
        Properties: { Name: 'Sub hourly-${AWS::StackName}', ScheduleExpression: 'rate(1 hour)' },
      },
    },
  });
  expect(await lambent('sam --check -t jobs.yaml')).toBe('UNCHANGED jobs.yaml\n');
  expect(await lambent('sam -m src/messages.ts -t jobs.yaml')).toContain(
    '# Below "Policies:"\n- Version: \'2012-10-17\'\n',
  );
});

test('lambent describe prints what a deployment needs, for people and for programs', async () => {
  expect(await lambent('describe')).toMatch(/^ {2}sqs +consumer-part +ConsumerPartConsumer\.handle$/m);
  expect(JSON.parse(await lambent('describe --json'))).toMatchObject({
    version: 1,
    functions: { handler: { source: 'src/handler.ts', folder: 'bundle', handler: 'handler.handler' } },
    subscriptions: [{ source: 'sqs', name: 'consumer-part' }],
  });
});

test('lambent describe tells the keys of tables, and when schedules run', async () => {
  write(
    'kept.ts',
    `import { Module, OnSchedule } from 'lambent';
    import { IdempotencyModule } from 'lambent/aws';
    class Jobs { @OnSchedule({ rate: '1 hour', name: 'hourly' }) run() {} }
    @Module({ imports: [IdempotencyModule.forRoot({ tableName: 'runs', sortKeyAttr: 'part' })], providers: [Jobs] })
    export class KeptModule {}`,
  );
  const output = await lambent('describe -m src/kept.ts');
  rmSync(join(folder, 'src/kept.ts'));
  expect(output).toContain('Schedules\n  hourly  rate(1 hour)  Jobs.run\n');
  expect(output).toContain('Tables\n  idempotency  runs  keys id and part, time to live expiration\n');
});

test('the module of an application may be in the file of a streaming handler', async () => {
  write(
    'streamed.ts',
    `import { Controller, Get, LambdaApplication, Module } from 'lambent';
@Controller('streamed') class Streamed { @Get() get() {} }
@Module({ controllers: [Streamed] }) export class StreamedModule {}
declare const awslambda: { streamifyResponse<H>(handler: H): H };
export const handler = awslambda.streamifyResponse(async () => undefined);`,
  );
  const output = await lambent('routes -m src/streamed.ts#StreamedModule');
  rmSync(join(folder, 'src/streamed.ts'));
  expect(output).toMatch(/^ {2}GET +\/streamed/m);
});

test('commands that describe the application check its lazy modules, as far as they can be imported', async () => {
  write(
    'lazily.ts',
    `import { Controller, Get, lazy, Module, OnSqs } from 'lambent';
const load = (name: string) => lazy(name, () => import('./reports.js').then((all) => (all as any)[name]));
@Module({ imports: [load('jobs')] })
export class JobsRoot {}
@Module({ imports: [lazy('secret', () => Promise.reject(new Error('no secret'))), lazy('forever', () => new Promise<never>(() => undefined))] })
export class SecretRoot {}`,
  );
  write(
    'reports.ts',
    `import { Module, OnSqs } from 'lambent';
class Jobs { @OnSqs('jobs') run() {} }
@Module({ providers: [Jobs] }) class jobs {}
export { jobs };`,
  );
  const jobs = await lambent('routes -m src/lazily.ts#JobsRoot').catch((error: Error) => error.message);
  const secret = await lambent('routes -m src/lazily.ts#SecretRoot');
  for (const name of ['lazily', 'reports']) rmSync(join(folder, `src/${name}.ts`));
  expect(jobs).toContain('Jobs.run would get no events: import jobs directly');
  expect(jobs).toContain('(in lazy("jobs"))');
  expect(secret).toMatch(/^Lazy modules .*\n\s+\/secret\n\s+\/forever$/m);
  expect(secret).toContain(
    'Warning: A lazy module is left out, because it cannot be imported here: no secret (in lazy("secret"))',
  );
  expect(secret).toContain('The promise of its function never settles (in lazy("forever"))');
});

test('routes, destinations, permissions and modules of lazy modules are described, each once', async () => {
  write(
    'lazily.ts',
    `import { lazy, Module } from 'lambent';
const load = (prefix: string, name: string) => lazy(prefix, () => import('./late.js').then((all) => (all as any)[name]));
@Module({ imports: [load('one', 'One'), load('two', 'Two')] })
export class LazyRoot {}`,
  );
  write(
    'late.ts',
    `import { Controller, Get, lazy, Module } from 'lambent';
import { IdempotencyModule } from 'lambent/aws';
import { MessagingModule } from 'lambent/messaging';
import { IsString } from 'class-validator';
class Shipment { @IsString() id!: string; }
@Controller('late') class Late { @Get() get() {} }
@Controller() class Deep { @Get() get() {} }
@Module({ controllers: [Deep] }) class DeepModule {}
@Module({ imports: [MessagingModule.forRoot({ queues: { shipments: Shipment } }), IdempotencyModule.forRoot({ tableName: 'runs' })], controllers: [Late] })
class Shared {}
@Module({ imports: [Shared] }) class One {}
@Module({ imports: [Shared, lazy('deep', () => DeepModule)] }) class Two {}
export { One, Two };`,
  );
  const described = async (what: string) => JSON.parse(await lambent(`${what} -m src/lazily.ts#LazyRoot`)) as object;
  const facts = await described('describe --json');
  const openapi = await described('openapi');
  const listing = await lambent('routes -m src/lazily.ts#LazyRoot');
  for (const name of ['lazily', 'late']) rmSync(join(folder, `src/${name}.ts`));
  const paths = ['/one/late', '/two/deep', '/two/late'];
  expect(facts).toMatchObject({
    routes: expect.arrayContaining(paths.map((path) => expect.objectContaining({ path }) as object)) as object[],
    lazy: ['/one', '/two'],
    destinations: [{ kind: 'queue', name: 'shipments' }],
    tables: [{ name: 'runs' }],
    permissions: [{ reason: 'queue "shipments"' }, { reason: 'the idempotency table' }],
    variables: [{ name: 'SHIPMENTS_QUEUE_URL' }],
  });
  expect(Object.keys((openapi as { paths: object }).paths).toSorted()).toEqual(paths);
  for (const path of paths) expect(listing).toMatch(new RegExp(`^ {2}GET +${path} `, 'm'));
  expect(listing).toMatch(/^Lazy modules .*\n {2}\/one\n {2}\/two$/m);
});

test('what promised imports bring is described, and a promise that fails fails the command', async () => {
  write(
    'promised.ts',
    `import { Controller, type DynamicModule, forwardRef, Get, Injectable, Module, OnSqs } from 'lambent';
import { IsString } from 'class-validator';
import { MessagingModule } from 'lambent/messaging';
class Shipment {
  @IsString() id!: string;
}
@Injectable()
class Late {
  @OnSqs('late-orders')
  handle() {}
}
@Controller('late')
class LateController {
  @Get()
  get() {}
}
@Module({ providers: [Late], controllers: [LateController] })
class LateModule {}
const load = async (): Promise<DynamicModule> => {
  await Promise.resolve();
  return { module: LateModule, imports: [MessagingModule.forRoot({ queues: { shipments: Shipment } })] };
};
@Module({ imports: [load()] })
export class AppModule {}
@Module({ imports: [forwardRef(() => Promise.reject(new Error('The settings are gone')))] })
export class FailingModule {}
`,
  );
  const described = async (what: string) =>
    JSON.parse(await lambent(`${what} --json -m src/promised.ts#AppModule`)) as Record<string, unknown>;
  const facts = await described('describe');
  const routes = await described('routes');
  const failed = await lambent('describe -m src/promised.ts#FailingModule').catch((error: Error) => error.message);
  rmSync(join(folder, 'src/promised.ts'));
  expect(facts).toMatchObject({
    routes: [{ path: '/late' }],
    subscriptions: [{ source: 'sqs', name: 'late-orders' }],
    permissions: [
      { actions: expect.arrayContaining(['sqs:ReceiveMessage']) as string[] },
      { actions: ['sqs:SendMessage'], reason: 'queue "shipments"' },
    ],
    variables: [{ name: 'SHIPMENTS_QUEUE_URL' }],
  });
  expect(routes).toMatchObject({ routes: [{ path: '/late' }] });
  expect(failed).toContain('The settings are gone (while awaiting a promised import of FailingModule)');
});

test.each(['routes', 'graph', 'openapi', 'describe'])(
  'lambent %s tells a mistake in the syntax by its place, without a stack',
  async (command) => {
    write('broken.ts', 'export class (;\n');
    const told = await lambent(`${command} --module src/broken.ts`).catch((error: Error) => error.message);
    rmSync(join(folder, 'src/broken.ts'));
    expect(told).toMatch(/PARSE_ERROR[^]*src\/broken\.ts:1/);
    // oxlint-disable-next-line no-control-regex
    expect(told).not.toMatch(/\u001B|^ +at /m);
  },
);

test('lambent sam keeps the events of the template as the decorators say, and leaves the rest of it', async () => {
  const template = (): string => readFileSync(join(folder, 'template.yaml'), 'utf8');
  const before = template();
  expect(await lambent('sam')).toMatch(/^ConsumerPartQueue:\n {2}Type: SQS\n {2}Properties:\n/);
  await expect(lambent('sam --check')).rejects.toThrow(
    /\+ {8}ConsumerPartQueue:[^]*template\.yaml does not match the decorators\. Run "lambent sam --write"\./,
  );
  expect(template()).toBe(before);
  expect(await lambent('sam --write')).toBe('UPDATE template.yaml\n');
  const { Resources } = parse(template(), { logLevel: 'silent' }) as {
    Resources: { Function: { Properties: { Events: object } } };
  };
  expect(Resources.Function.Properties.Events).toEqual({
    Api: { Type: 'HttpApi' },
    ConsumerPartQueue: {
      Type: 'SQS',
      Properties: {
        Queue: expect.stringMatching(/:consumer-part$/),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  });
  expect(await lambent('sam --check')).toBe('UNCHANGED template.yaml\n');
  expect(await tool('oxfmt/bin/oxfmt', '--check', 'template.yaml')).toContain('All matched files');
  await tool('oxfmt/bin/oxfmt', 'template.yaml');
  expect(await lambent('sam --check')).toBe('UNCHANGED template.yaml\n');
  writeFileSync(
    join(folder, 'template.yaml'),
    template().replace('# lambent:events', '# lambent:events src/hello/hello.module.ts'),
  );
  await lambent('sam --write');
  expect(template().replace(' src/hello/hello.module.ts', '')).toBe(before);
});

test('lambent sam gives a template without marks its first events', async () => {
  await lambent('new my-url --yes --no-install --api function-url', parent);
  const template = join(folder, 'url.yaml');
  cpSync(join(parent, 'my-url/template.yaml'), template);
  const before = readFileSync(template, 'utf8');
  expect(await lambent('sam --write --template url.yaml --module src/hello/hello.module.ts')).toBe(
    'UNCHANGED url.yaml\n',
  );
  // Permissions, but no events.
  write(
    'sending.module.ts',
    `import { Module } from 'lambent';
     import { MessagingModule } from 'lambent/messaging';
     import { IsString } from 'class-validator';
     class Shipment { @IsString() id!: string }
     @Module({ imports: [MessagingModule.forRoot({ queues: { shipments: Shipment } })] })
     export class SendingModule {}`,
  );
  const sending = '--template url.yaml --module src/sending.module.ts';
  await lambent(`sam --write ${sending}`);
  expect(readFileSync(template, 'utf8')).toContain('sqs:SendMessage');
  expect(readFileSync(template, 'utf8')).not.toContain('Events:');
  expect(await lambent(`sam --check ${sending}`)).toBe('UNCHANGED url.yaml\n');
  writeFileSync(template, before);
  rmSync(join(folder, 'src/sending.module.ts'));
  await expect(lambent('sam --check --template url.yaml')).rejects.toThrow(/\+ {6}Events:/);
  expect(readFileSync(template, 'utf8')).toBe(before);
  expect(await lambent('sam --write --template url.yaml')).toBe(
    'UPDATE url.yaml\nAdded marks below "Events:" of the function in url.yaml.\n',
  );
  const { Resources } = parse(readFileSync(template, 'utf8'), { logLevel: 'silent' }) as {
    Resources: { Function: { Properties: object } };
  };
  expect(Resources.Function.Properties).toMatchObject({
    FunctionUrlConfig: { AuthType: 'NONE' },
    Events: { ConsumerPartQueue: { Type: 'SQS' } },
  });
  expect(await lambent('sam --check --template url.yaml')).toBe('UNCHANGED url.yaml\n');
  const emptied = await lambent('sam --write --template url.yaml --module src/hello/hello.module.ts');
  expect(emptied).toBe('UPDATE url.yaml\nAn "Events:" in url.yaml is now empty. Remove it and its two marks.\n');
});

test('lambent openapi writes the document of an OpenApiModule, or else one by the name of the project', async () => {
  expect(JSON.parse(await lambent('openapi --module src/hello/hello.module.ts'))).toMatchObject({
    openapi: '3.1.1',
    info: { title: 'my-api', version: '0.1.0' },
  });
  writeFileSync(
    join(folder, 'src/documented.module.ts'),
    `import { Module } from 'lambent';
     import { OpenApiModule } from 'lambent/openapi';
     import { HelloModule } from './hello/hello.module.js';
     import { PostsModule } from './shop/posts/posts.module.js';
     @Module({ imports: [HelloModule, PostsModule, OpenApiModule.forRoot({ title: 'Mine', version: '2.0.0' })] })
     export class DocumentedModule {}`,
  );
  const flags = '--module src/documented.module.ts';
  const printed = await lambent(`openapi ${flags}`);
  expect(JSON.parse(printed)).toMatchObject({
    info: { title: 'Mine', version: '2.0.0' },
    paths: { '/hello/{name}': { get: { parameters: [{ name: 'name', in: 'path' }] } }, '/posts': { post: {} } },
  });
  writeFileSync(join(folder, 'openapi.json'), '{}');
  expect(await lambent(`openapi ${flags} --out openapi.json`)).toBe('UPDATE openapi.json\n');
  expect(readFileSync(join(folder, 'openapi.json'), 'utf8')).toBe(printed);
  expect(await lambent(`openapi ${flags} --out openapi.json`)).toBe('UNCHANGED openapi.json\n');
  await expect(lambent(`openapi ${flags} --out ../openapi.json`)).rejects.toThrow('outside');
});

test('lambent graph shows its modules', async () => {
  expect(await lambent('graph')).toBe(
    'AppModule\n├─ HealthModule\n├─ OpenApiModule\n├─ HelloModule\n├─ ModulePartModule\n└─ PostsModule\n',
  );
});

function write(path: string, text: string): void {
  writeFileSync(join(folder, 'src', path), text);
}

test('an application is described with its options, under whatever name, and may keep timers', async () => {
  write(
    'versions.ts',
    `import { Controller, Get, type ApplicationOptions, Module } from 'lambent';
    @Controller({ path: 'old', version: '1' }) class OldController { @Get() read(): string { return ''; } }
    @Module({ controllers: [OldController] }) export class VersionsModule {}
    export const options: ApplicationOptions = { versioning: { type: 'path' } };
    setInterval(() => undefined, 1000);`,
  );
  const output = await lambent('routes --module src/versions.ts --options src/versions.ts');
  expect(output).toMatch(/^ {2}GET +\/v1\/old +OldController\.read/m);
  await expect(lambent('routes --module src/versions.ts')).rejects.toThrow(
    /Pass versioning: .+ to LambdaApplication\.create\.\nThis command has found no options, .+ Pass them with --options/,
  );
});

test('without a handler, the options of the default module are those in src/options.ts, if it exports any', async () => {
  const texts = ['options.ts', 'handler.ts'].map((name) => readFileSync(join(folder, 'src', name), 'utf8'));
  try {
    write('options.ts', texts[0]!.replace('requestsVia: {}', "requestsVia: { sqs: ['api'] }"));
    expect(await lambent('routes')).toMatch(/^Requests in messages\n {2}sqs +api$/m);
    rmSync(join(folder, 'src/handler.ts'));
    expect(await lambent('routes')).toMatch(/^Requests in messages\n {2}sqs +api$/m);
    write('options.ts', 'export const colors = { of: 1 };');
    expect(await lambent('routes')).toMatch(/^ {2}GET +\/hello\/:name/m);
  } finally {
    write('options.ts', texts[0]!);
    write('handler.ts', texts[1]!);
  }
});

test('what comes in messages is listed with its way', async () => {
  write(
    'carried.ts',
    `import { type ApplicationOptions, Module, OnS3 } from 'lambent';
    class Uploads { @OnS3({ bucket: 'uploads', via: { sns: 'uploads', sqs: 'thumbnails' } }) store() {} }
    @Module({ providers: [Uploads] }) export class CarriedModule {}
    export const options: ApplicationOptions = { requestsVia: { sqs: ['api'] } };`,
  );
  const flags = '--module src/carried.ts --options src/carried.ts';
  expect(await lambent(`routes ${flags}`)).toMatch(
    /^ {2}s3 +bucket uploads, via sqs thumbnails, via sns uploads +Uploads\.store[^]*^Requests in messages\n {2}sqs +api$/m,
  );
  const { consumers, requestsVia } = JSON.parse(await lambent(`routes --json ${flags}`)) as Record<string, unknown>;
  expect([consumers, requestsVia]).toMatchObject([
    [{ via: { sns: 'uploads', sqs: 'thumbnails' } }],
    [{ source: 'sqs', name: 'api' }],
  ]);
  expect(await lambent(`sam ${flags}`)).toMatch(/ThumbnailsQueue:\n {2}Type: SQS[^]*ApiQueue:/);
});

test.each(['routes --json', 'describe --json', 'openapi', 'graph', 'sam'])(
  'what an application prints while it is loaded is not in the output of lambent %s',
  async (commandLine) => {
    write(
      'talkative.ts',
      `import { Module } from 'lambent';
      console.log('[dotenv] injected');
      @Module({ imports: [Promise.resolve().then(() => { process.stdout.write('settled'); return { module: class {} }; })] })
      export class TalkativeModule {}`,
    );
    const args = [join(repository, 'dist/esm/cli/main.js'), ...commandLine.split(' '), '-m', 'src/talkative.ts'];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    rmSync(join(folder, 'src/talkative.ts'));
    expect(stderr).toBe('[dotenv] injected\nsettled');
    expect(stdout).not.toMatch(/dotenv|settled/);
  },
);

test('a mistake in an application is told, with its place', async () => {
  const lambentImport = "import { Injectable, Module } from 'lambent';";
  const mistakes: [text: string, told: RegExp][] = [
    [
      `${lambentImport}\nclass Lost {}\n@Injectable() class A { constructor(readonly lost: Lost) {} }\n@Module({ providers: [A] }) export class AppModule {}`,
      /Lost/,
    ],
    [`import './nowhere.js';\n${lambentImport}\n@Module({}) export class AppModule {}`, /nowhere\.js/],
    ['export class {', /mistake-2\.ts/],
    ["export const a = 1;\nthrow new TypeError('on load');", /TypeError: on load[^]*mistake-3\.ts:2/],
    [
      "throw new Error('outside', { cause: new RangeError('inside') });",
      /Error: outside[^]*RangeError: inside[^]*mistake-4\.ts:1/,
    ],
    ['export const a = 1;', /does not export AppModule/],
    [
      "import { RequestMethod } from 'lambent';\nexport const { GET } = RequestMethod;",
      /^src\/mistake-6\.ts imports RequestMethod from 'lambent', which does not export it\.\nFor names that differ from NestJS/m,
    ],
  ];
  const told = mistakes.map(async ([text, message], index) => {
    write(`mistake-${index}.ts`, text);
    await expect(lambent(`routes --module src/mistake-${index}.ts`)).rejects.toThrow(message);
  });
  await Promise.all(told);
});

test('what was loaded leaves nothing behind', () => {
  expect(readdirSync(join(folder, 'node_modules/.cache/lambent'))).toEqual([]);
});
