import 'reflect-metadata';
import { App, Stack } from 'aws-cdk-lib';
import { Secret as CdkSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IsString } from 'class-validator';
import { z } from 'zod';
import * as auth from '../../src/auth/index.js';
import * as aws from '../../src/aws/index.js';
import type { GetValueOptions, ValueSource } from '../../src/aws/parameters/value-store.js';
import * as bundles from '../../src/build/index.js';
import * as caches from '../../src/cache/index.js';
import * as cdk from '../../src/cdk/index.js';
import { MqEventSource } from '../../src/cdk/mq-event-source.js';
import * as configuration from '../../src/config/index.js';
import type { ApiParameterOptions, ApiStatusDecorator } from '../../src/decorators/api-nestjs.js';
import type { SqsOptions, ViaOptions } from '../../src/decorators/consumers.js';
import * as health from '../../src/health/index.js';
import type { CookieOptions } from '../../src/http/message/set-cookie.js';
import type { EventSourceOptions } from '../../src/http/response/event-source-response.js';
import type { FileResponseOptions } from '../../src/http/response/file-response.js';
import * as core from '../../src/index.js';
import * as local from '../../src/local/index.js';
import * as messages from '../../src/messaging/index.js';
import * as observability from '../../src/observability/index.js';
import * as openapi from '../../src/openapi/index.js';
import * as limits from '../../src/rate-limit/index.js';
import * as kit from '../../src/testing/index.js';
import type { ParseArrayPipeOptions } from '../../src/validation/pipes/parse-array-pipe.js';
import type { ParsePipeOptions, ParseUUIDPipeOptions } from '../../src/validation/pipes/parse-pipes.js';
import type { ValidationPipeOptions } from '../../src/validation/pipes/validation-pipe.js';
import { createApp } from '../application/create-app.js';

/** One place that takes options. */
export interface Taken {
  readonly what: string;
  /** Some that it takes. */
  readonly options: object;
  /**
   * By name: values that an option does not take; none for one that takes whatever there is, or is looked at elsewhere.
   */
  readonly wrong: Readonly<Record<string, readonly unknown[]>>;
  /** Gives it the options; throws, or rejects, what they are refused with. */
  give(options: object): unknown;
  /** What it does with good ones is too much for this test. */
  readonly only?: 'refusals';
  /** Without options it takes something else in their place. */
  readonly orElse?: readonly unknown[];
}

interface Given<O> extends Omit<Taken, 'options' | 'wrong' | 'give'> {
  readonly options: O;
  /** Each option of the interface, so that a new one is missed by the compiler. */
  readonly wrong: { readonly [Name in keyof O]-?: readonly unknown[] };
  give(options: O): unknown;
}

function taken<O extends object>(given: Given<O>): Taken {
  return given as unknown as Taken;
}

const ANYTHING: readonly unknown[] = [];
const NO_FLAG = ['true', 1, null, {}];
const LOAD_BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';
const NO_TEXT = [5, true, null, [], {}];
const NO_NAME = [...NO_TEXT, '', ' '];
const NO_LIST = ['a', 5, null, {}];
const NO_RECORD = ['a', 5, null, []];
const NO_FUNCTION = ['a', 5, null, {}];
const NO_AMOUNT = [-1, Number.NaN, '5', null, Number.POSITIVE_INFINITY];

const ready = (metadata: core.ModuleMetadata, options: core.ApplicationOptions = {}) =>
  createApp(metadata, { accessLog: false, logger: { silent: true }, ...options }).ready();

/** Bootstraps an application whose one controller has the decorator, on the class or on its method. */
function onClass(decorate: ClassDecorator): unknown {
  @core.Controller('a')
  class Target {
    @core.Get() list() {}
  }
  decorate(Target);
  return ready({ controllers: [Target] });
}

function onMethod(decorate: MethodDecorator): unknown {
  @core.Controller()
  class Target {
    @core.Get('routed') @decorate list() {}
  }
  return ready({ controllers: [Target] });
}

const healthEndpoint = {
  options: { path: '/a', invoke: false, timeout: 1, ttl: 0, documented: true, accessLog: false, decorators: [] },
  wrong: {
    path: ['a', true, ...NO_NAME.filter((value) => value !== true)],
    invoke: NO_FLAG,
    timeout: [0, ...NO_AMOUNT],
    ttl: NO_AMOUNT,
    documented: NO_FLAG,
    accessLog: NO_FLAG,
    decorators: ['a', [5], null],
  },
} as const;

const awsChecks = (give: (name: string, options: health.AwsCheckOptions) => unknown, what: string): Taken =>
  taken<health.AwsCheckOptions>({
    what,
    options: { timeout: 1, client: {} as never, config: {} },
    wrong: { timeout: [0, ...NO_AMOUNT], client: NO_RECORD, config: NO_RECORD },
    give: (options) => give('a', options),
  });

/** Bootstraps an application that counts in memory, with a limited route. */
function withLimits(options: limits.RateLimitOptions): unknown {
  @core.Controller()
  class Target {
    @core.Get('limited') @limits.RateLimit(options) list() {}
  }
  return ready({ imports: [limits.RateLimitModule.forRoot({ store: 'memory' })], controllers: [Target] });
}

/** A DTO with the decorator, as a body. */
function onProperty(decorate: PropertyDecorator): unknown {
  class Item {
    @IsString() @decorate name!: string;
  }
  @core.Controller()
  class Target {
    @core.Post() create(@core.Body(Item) item: unknown) {
      return item;
    }
  }
  return ready({ controllers: [Target] });
}

const pipes = (give: (options: ParsePipeOptions) => unknown, what: string): Taken =>
  taken<ParsePipeOptions>({
    what,
    options: { optional: true, errorHttpStatusCode: 400, exceptionFactory: () => new Error('no') },
    wrong: { optional: NO_FLAG, errorHttpStatusCode: [200, '422', 600, 422.5], exceptionFactory: NO_FUNCTION },
    give,
  });

const consumers = (give: (options: core.ConsumerOptions) => MethodDecorator, what: string): Taken =>
  taken<core.ConsumerOptions>({
    what,
    options: { batch: true, concurrency: 2 },
    wrong: { batch: NO_FLAG, concurrency: [0, 1.5, ...NO_AMOUNT] },
    give: (options) => onMethod(give(options)),
  });

const viaConsumers = (give: (options: ViaOptions) => MethodDecorator, what: string): Taken =>
  taken<ViaOptions>({
    what,
    options: { batch: false, concurrency: 2, via: { sqs: 'orders' } },
    wrong: {
      batch: NO_FLAG,
      concurrency: [0, 1.5, ...NO_AMOUNT],
      via: ['a', 5, null, {}, { sqs: '' }, { queue: 'a' }],
    },
    give: (options) => onMethod(give(options)),
  });

const NO_KINDS = ['xml', 'application/json', null, true, [], ['json', 'xml']];

const routes = (decorator: (path: string, options: core.RouteOptions) => MethodDecorator, what: string): Taken =>
  taken<core.RouteOptions>({
    what,
    options: { status: 201, consumes: ['json', 'form'] },
    wrong: { status: ['201', 42, 600, Number.NaN, null], consumes: NO_KINDS },
    give: (options) => onMethod(decorator('/other', options)),
  });

const files = (
  decorator: (field: string, options: core.UploadedFileOptions) => ParameterDecorator,
  what: string,
): Taken =>
  taken<core.UploadedFileOptions>({
    what,
    options: { required: true },
    wrong: { required: [...NO_FLAG, undefined] },
    give(options) {
      @core.Controller()
      class Target {
        @core.Post() add(@decorator('file', options) file: unknown) {
          return file;
        }
      }
      return ready({ controllers: [Target] });
    },
  });

const responses = <O extends core.ResponseOptions>(give: (options: O) => unknown, what: string): Taken =>
  taken<core.ResponseOptions>({
    what,
    options: { statusCode: 201, headers: { 'x-a': 'b' }, mediaType: 'text/csv' },
    // Looked at when the answer is rendered: a status of text is no answer.
    wrong: { statusCode: ANYTHING, headers: ANYTHING, mediaType: ANYTHING },
    give: give as never,
  });

const exceptions = (make: (options: core.HttpExceptionOptions) => unknown, what: string): Taken =>
  taken<core.HttpExceptionOptions>({
    what,
    options: { headers: { 'x-a': 'b' }, errorDetail: 'a', cause: new Error('a') },
    wrong: { headers: ANYTHING, errorDetail: ANYTHING, cause: ANYTHING },
    give: make,
  });

const modules = (give: (options: aws.AsyncOptions<object>) => unknown, what: string): Taken =>
  taken<aws.AsyncOptions<object>>({
    what,
    options: { imports: [], inject: [], useFactory: () => ({}) },
    wrong: { imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION },
    give,
  });

const values = { client: NO_RECORD, config: NO_RECORD, maxAge: [-1, Number.NaN, '5'] };
/** What a module opens its store with: found out at the bootstrap. */
const opening = (imported: core.DynamicModule) => ready({ imports: [imported] });

class Store extends aws.SecretStore {
  constructor() {
    super({ source: { get: async () => 'value' } satisfies ValueSource, maxAge: 5, close: () => undefined });
  }
}

const stores = (what: string): Taken =>
  taken<GetValueOptions>({
    what,
    options: { transform: 'binary', maxAge: 1 },
    wrong: { transform: ['xml', 5, null], maxAge: [-1, Number.NaN, '5', null] },
    give: (options) => new Store().get('a', options),
  });

const valueDecorators = (
  decorator: (name: string, options: aws.ValueOptions) => PropertyDecorator & ParameterDecorator,
  what: string,
): Taken =>
  taken<aws.ValueOptions>({
    what,
    options: { transform: 'json' },
    wrong: { transform: ['xml', 5, null] },
    give: (options) => decorator('a', options),
  });

const statuses = (decorator: ApiStatusDecorator, what: string): Taken =>
  taken<Parameters<ApiStatusDecorator>[0] & object>({
    what,
    options: {
      description: 'a',
      type: String,
      isArray: false,
      schema: {},
      mediaType: 'text/csv',
      example: 1,
      examples: {},
      headers: {},
    },
    wrong: {
      description: NO_TEXT,
      type: ANYTHING,
      isArray: NO_FLAG,
      schema: NO_RECORD,
      mediaType: NO_TEXT,
      example: ANYTHING,
      examples: NO_RECORD,
      headers: NO_RECORD,
    },
    give: (options) => onMethod(decorator(options)),
    orElse: ['a', 5, null, []],
  });

const parameters = (decorator: (options: ApiParameterOptions) => MethodDecorator, what: string): Taken =>
  taken<ApiParameterOptions>({
    what,
    options: {
      name: 'a',
      description: 'a',
      required: true,
      deprecated: false,
      type: String,
      isArray: false,
      enum: ['a'],
      schema: {},
      example: 1,
      examples: {},
    },
    wrong: {
      name: NO_NAME,
      description: NO_TEXT,
      required: NO_FLAG,
      deprecated: NO_FLAG,
      type: ANYTHING,
      isArray: NO_FLAG,
      enum: ANYTHING,
      schema: NO_RECORD,
      example: ANYTHING,
      examples: NO_RECORD,
    },
    give: (options) => onMethod(decorator(options)),
  });

const properties = (decorator: (options: openapi.ApiPropertyOptions) => PropertyDecorator, what: string): Taken => {
  const loose = [
    'type',
    'enum',
    'example',
    'default',
    'examples',
    'const',
    'minLength',
    'maxLength',
    'minimum',
    'maximum',
    'exclusiveMinimum',
    'exclusiveMaximum',
    'multipleOf',
    'items',
    'minItems',
    'maxItems',
    'additionalProperties',
    'allOf',
    'anyOf',
    'oneOf',
    'not',
    '$ref',
    'title',
    'format',
    'pattern',
  ];
  return {
    what,
    options: { description: 'a', nullable: true, minLength: 1, 'x-order': 1 },
    wrong: {
      ...Object.fromEntries(loose.map((name) => [name, ANYTHING])),
      description: NO_TEXT,
      isArray: NO_FLAG,
      enumName: NO_TEXT,
      nullable: NO_FLAG,
      uniqueItems: NO_FLAG,
      properties: NO_RECORD,
      deprecated: NO_FLAG,
      writeOnly: NO_FLAG,
    },
    give: (options) => onProperty(decorator(options as openapi.ApiPropertyOptions)),
    orElse: ['a', 5, null, []],
  };
};

/** Of the test kit: what is sent may be as ugly as a test wants it, and its names alone are looked at. */
function samples<O extends object>(
  give: (options?: O) => unknown,
  what: string,
  names: { readonly [Name in keyof O]-?: readonly unknown[] },
): Taken {
  return taken<O>({ what, options: {} as O, wrong: names, give });
}

const request = { method: ANYTHING, url: ANYTHING, headers: ANYTHING, body: ANYTHING, ip: ANYTHING, stage: ANYTHING };
const httpEvents = [
  'apiGatewayV1',
  'httpApiV1',
  'apiGatewayV2',
  'functionUrl',
  'alb',
  'albMultiValue',
  'latticeV1',
  'latticeV2',
] as const;

/** What is exported and takes no options: classes to extend, tokens, predicates, functions of plain values. */
const none: readonly Taken[] = [];

const schema = z.object({});
const NO_SENT = [5, true, null, '', [], {}];
const ofTopic = {
  type: NO_SENT,
  attributes: ['a', 5, null, [], { a: '' }, { a: null }, { a: Number.NaN }, { a: {} }],
  groupId: NO_SENT,
  deduplicationId: NO_SENT,
};

/** Sends a message with options to where nothing goes. */
async function sending(token: core.InjectionToken<messages.Queue>, options: object): Promise<void> {
  const buses = { a: { source: 'a', message: schema } };
  const app = await kit.Test.createTestingModule({
    imports: [messages.MessagingModule.forRoot({ queues: { a: schema }, topics: { a: schema }, buses })],
  })
    .overrideProvider(messages.MessageSender)
    .useValue(new kit.SentMessages())
    .compile();
  await app.get(token).send({}, options as messages.QueueOptions);
}

const application = taken<core.ApplicationOptions>({
  what: 'LambdaApplication.create',
  options: {
    guards: [],
    interceptors: [],
    pipes: [],
    filters: [],
    logger: { silent: true },
    accessLog: false,
    cors: true,
    securityHeaders: true,
    basePath: ['/v1', '/v2'],
    ignoreTrailingSlash: true,
    caseSensitive: false,
    bodyLimit: '6mb',
    uploads: { files: 1 },
    query: 'nested',
    versioning: { type: 'path' },
    compression: true,
    etag: true,
    timeoutMargin: 10,
    unhandledErrors: 'respond',
    batch: {},
    requestsVia: {},
    validation: {},
    json: JSON,
    settings: {},
    configure: () => ({}),
  },
  wrong: {
    guards: NO_LIST,
    interceptors: NO_LIST,
    pipes: NO_LIST,
    filters: NO_LIST,
    logger: ['a', 5, null, [], Promise.resolve({}), () => ({})],
    accessLog: ['yes', 5, null, []],
    cors: ['*', 5, null, []],
    securityHeaders: ['yes', 5, null, []],
    basePath: [[5], ['/v1', '/{stage}'], 5, null, '/v 1', '/v1?a', '/{stage}', /v1/],
    ignoreTrailingSlash: NO_FLAG,
    caseSensitive: NO_FLAG,
    bodyLimit: ['big', '', -1, 0, Number.NaN, null, true, {}],
    uploads: NO_RECORD,
    query: ['deep', 'Nested', true, null, {}],
    versioning: ['path', 5, null, []],
    compression: ['gzip', 5, null, []],
    etag: NO_FLAG,
    timeoutMargin: NO_AMOUNT,
    unhandledErrors: ['answer', true, null],
    batch: NO_RECORD,
    requestsVia: ['a', 5, null, []],
    validation: NO_RECORD,
    json: [
      'JSON',
      5,
      null,
      {},
      { parse: JSON.parse },
      { parse: async () => 1, stringify: JSON.stringify },
      { parse: JSON.parse, stringify: async () => '{}' },
    ],
    settings: ['a', 5, null, []],
    configure: NO_FUNCTION,
  },
  give: (options) => createApp({}, options).ready(),
  // A function returns them.
  orElse: ['text', 5, null, [], Promise.resolve({})],
});

/** An option of `create` that has options of its own. */
const nested = <Name extends keyof core.ApplicationOptions, O extends object>(
  name: Name,
  options: O,
  wrong: { readonly [Member in keyof O]-?: readonly unknown[] },
): Taken =>
  taken<O>({
    what: `the option ${name} of create`,
    options,
    wrong,
    give: (given) => ready({}, { [name]: given }),
    orElse: [],
  });

const cors: Required<Omit<core.CorsOptions, 'origin'>> & Pick<core.CorsOptions, 'origin'> = {
  origin: 'https://app.example.com',
  allowMethods: ['GET'],
  allowHeaders: ['x-a'],
  exposeHeaders: ['x-a'],
  credentials: true,
  maxAge: 5,
};
const corsWrong = {
  origin: [5, null, {}, 'app.example.com', ['*'], [5], async () => false],
  allowMethods: ['GET', 5, null, ['a b']],
  allowHeaders: ['x-a', 5, null, [5]],
  exposeHeaders: ['x-a', 5, null, ['']],
  credentials: NO_FLAG,
  maxAge: [-1, 1.5, '5', Number.NaN, null],
};

class CheckedDto {
  @IsString() name!: string;
}

const checking = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  skipUndefinedProperties: true,
  skipNullProperties: true,
  skipMissingProperties: true,
  stopAtFirstError: true,
  groups: ['a'],
  always: true,
  strictGroups: true,
  dismissDefaultMessages: true,
  transformOptions: { enableImplicitConversion: true },
};
const checkingWrong = {
  whitelist: NO_FLAG,
  forbidNonWhitelisted: NO_FLAG,
  forbidUnknownValues: NO_FLAG,
  skipUndefinedProperties: NO_FLAG,
  skipNullProperties: NO_FLAG,
  skipMissingProperties: NO_FLAG,
  stopAtFirstError: NO_FLAG,
  groups: ['a', [5], null],
  always: NO_FLAG,
  strictGroups: NO_FLAG,
  dismissDefaultMessages: NO_FLAG,
  transformOptions: [...NO_RECORD, { implicit: true }],
};
const validation = {
  ...checking,
  transform: true,
  validationError: { target: false, value: false },
  disableErrorMessages: true,
  errorHttpStatusCode: 400,
  exceptionFactory: () => new Error('a'),
} satisfies Required<core.ValidationOptions>;
const validationWrong = {
  ...checkingWrong,
  transform: [false, ...NO_FLAG],
  validationError: [...NO_RECORD, { target: true }, { values: false }],
  disableErrorMessages: NO_FLAG,
  errorHttpStatusCode: [200, '422', 600],
  exceptionFactory: NO_FUNCTION,
};

const optionsOfCreate: readonly Taken[] = [
  nested(
    'accessLog',
    {
      ignorePaths: ['/a'],
      redact: ['a'],
      sampling: 0.5,
      clientIp: true,
      lambdaFields: true,
    } satisfies Required<core.AccessLogOptions>,
    {
      ignorePaths: ['/a', [5], null],
      redact: ['a', [5], null],
      sampling: [2, -1, '0.5', Number.NaN, null],
      clientIp: NO_FLAG,
      lambdaFields: NO_FLAG,
    },
  ),
  nested('cors', cors, corsWrong),
  nested(
    'securityHeaders',
    { 'x-frame-options': 'DENY', 'content-security-policy': false } satisfies core.SecurityHeadersOptions,
    {
      'x-frame-options': [true, 5, null, ''],
      'content-security-policy': [true, 'a\nb'],
    },
  ),
  nested(
    'uploads',
    { fileSize: 1, files: 1, fields: 1, fieldSize: 1, parts: 1 } satisfies Required<core.UploadOptions>,
    {
      fileSize: [-1, '5', Number.NaN, null],
      files: [-1, '5', Number.NaN],
      fields: [-1, '5'],
      fieldSize: [-1, '5'],
      parts: [-1, '5'],
    },
  ),
  nested('versioning', { type: 'path', prefix: 'v', default: '1' } as const, {
    type: ['uri', 5, null],
    prefix: [5, null],
    default: [1, null],
  }),
  nested(
    'logger',
    { buffer: { maxBytes: 1000 }, sampling: 0.5, redact: ['password'] } satisfies Required<core.LoggerFeatures>,
    {
      buffer: ['yes', 5, [], { maxBytes: 0 }],
      sampling: [-1, 2, '0.5', Number.NaN, true],
      redact: ['password', [5], true],
    },
  ),
  nested('versioning', { type: 'header', name: 'x-version', default: '1' } as const, {
    type: ['uri'],
    name: ['x version', 5, null, ''],
    default: [1, null],
  }),
  nested('compression', { threshold: 1, encodings: ['br'], level: 1 } satisfies Required<core.CompressionOptions>, {
    threshold: [-1, '5', Number.NaN, null],
    encodings: ['br', ['zip'], null],
    level: [0, 10, 1.5, '5', null],
  }),
  nested(
    'batch',
    {
      concurrency: 1,
      invalid: 'drop',
      clientErrors: 'fail',
      rejectWhole: ['sqs'],
      eventBridgePipes: true,
    } satisfies Required<core.BatchOptions>,
    {
      concurrency: [0, 1.5, '5', null],
      invalid: ['skip', 5, null],
      clientErrors: ['throw', null],
      rejectWhole: ['sqs', ['s3'], null],
      eventBridgePipes: NO_FLAG,
    },
  ),
  nested(
    'requestsVia',
    { sqs: ['a'], sns: ['a'], mq: ['a'] },
    { sqs: ['a', [''], [5], null], sns: ['a', null], mq: ['a', null] },
  ),
  nested('validation', validation, validationWrong),
  nested(
    'settings',
    {
      FUNCTION_TIMEOUT: 1,
      CONNECTION_TIMEOUT: 1,
      READ_TIMEOUT: 1,
      AWS_MAX_POOL_CONNECTIONS: 1,
      LOG_LEVEL: 'info',
      BODY_LIMIT: 1,
    } satisfies Required<core.SettingOverrides>,
    {
      FUNCTION_TIMEOUT: [0, 'a', Number.NaN],
      CONNECTION_TIMEOUT: [0, 'a'],
      READ_TIMEOUT: [0, 'a'],
      AWS_MAX_POOL_CONNECTIONS: [0, 1.5],
      LOG_LEVEL: ['loud'],
      BODY_LIMIT: [0, 'a'],
    },
  ),
];

const exceptionNames = Object.keys(core).filter(
  (name) => name.endsWith('Exception') && !['HttpException', 'ValidationException'].includes(name),
);
type NamedException = new (detail?: unknown, options?: core.HttpExceptionOptions) => unknown;
const namedException = (name: string) => (core as unknown as Record<string, NamedException>)[name]!;

const statusNames = Object.keys(openapi).filter((name) => /^Api\w+Response$/.test(name));
const namedStatus = (name: string) => (openapi as unknown as Record<string, ApiStatusDecorator>)[name]!;

/**
 * What each value of each entry takes. A name that is missing here fails the test: whoever exports one says what it
 * takes.
 */
export const TAKEN: Readonly<Record<string, Readonly<Record<string, readonly Taken[]>>>> = {
  lambent: {
    LambdaApplication: [
      application,
      taken<core.ConfiguredOptions>({
        what: 'configure',
        options: {
          cors: true,
          securityHeaders: true,
          compression: true,
          etag: true,
          query: 'nested',
          uploads: {},
          batch: {},
        },
        wrong: {
          cors: application.wrong['cors']!,
          securityHeaders: application.wrong['securityHeaders']!,
          compression: application.wrong['compression']!,
          etag: NO_FLAG,
          query: application.wrong['query']!,
          uploads: NO_RECORD,
          batch: application.wrong['batch']!,
        },
        give: (options) => createApp({}, () => options).ready(),
        orElse: ['text', 5, null, [], () => ({})],
      }),
      {
        ...application,
        what: 'LambdaApplication.describe',
        give: (options) => core.LambdaApplication.describe(class Root {} as never, options),
        only: 'refusals',
        wrong: { ...application.wrong, logger: [] },
      },
      ...optionsOfCreate,
    ],
    Module: [
      taken<core.ModuleMetadata>({
        what: '@Module',
        options: { imports: [], controllers: [], providers: [], exports: [] },
        wrong: { imports: NO_LIST, controllers: NO_LIST, providers: NO_LIST, exports: NO_LIST },
        give: (options) => {
          class Imported {}
          core.Module(options)(Imported);
          return ready({ imports: [Imported] });
        },
      }),
      taken<Omit<core.DynamicModule, 'module'>>({
        what: 'a dynamic module',
        options: { imports: [], controllers: [], providers: [], exports: [], global: true },
        wrong: { imports: NO_LIST, controllers: NO_LIST, providers: NO_LIST, exports: NO_LIST, global: NO_FLAG },
        give: (options) => ready({ imports: [{ module: class Imported {}, ...options }] }),
        orElse: [],
      }),
    ],
    Global: none,
    Injectable: [
      taken<{ scope?: core.Scope }>({
        what: '@Injectable',
        options: { scope: core.Scope.REQUEST },
        wrong: { scope: [2, 'REQUEST', null] },
        give: (options) => {
          class Provided {}
          core.Injectable(options)(Provided);
          return ready({ providers: [Provided] });
        },
      }),
    ],
    Inject: none,
    Optional: none,
    INQUIRER: none,
    ModuleRef: [
      taken<core.ModuleRefOptions>({
        what: 'ModuleRef.get',
        options: { strict: false },
        wrong: { strict: NO_FLAG },
        give: async (options) => {
          class Asking {
            constructor(readonly ref: core.ModuleRef) {}
          }
          core.Inject(core.ModuleRef)(Asking, undefined, 0);
          const app = await ready({ providers: [Asking] });
          return app.get(Asking).ref.get(Asking, options);
        },
      }),
    ],
    DiscoveryService: [
      taken<core.DiscoveryOptions>({
        what: 'DiscoveryService.getProviders',
        options: { metadataKey: core.DiscoveryService.createDecorator().KEY },
        wrong: { metadataKey: ['a', 5, null, undefined] },
        give: async (options) => {
          class Asking {
            constructor(readonly discovery: core.DiscoveryService) {}
          }
          core.Inject(core.DiscoveryService)(Asking, undefined, 0);
          const app = await ready({ providers: [Asking] });
          return app.get(Asking).discovery.getProviders(options);
        },
      }),
    ],
    RouterModule: [
      taken<core.RouteTree>({
        what: 'RouterModule.register',
        options: { path: 'a', children: [] },
        wrong: { path: [5, null, 'a b'], module: ['a', class {}, null], children: NO_LIST },
        give: (options) => ready({ imports: [core.RouterModule.register([options])] }),
      }),
    ],
    ConfigurableModuleBuilder: [
      taken<core.ConfigurableModuleBuilderOptions>({
        what: 'ConfigurableModuleBuilder',
        options: { moduleName: 'Mail', optionsInjectionToken: 'a' },
        wrong: { moduleName: NO_NAME, optionsInjectionToken: ANYTHING },
        give: (options) => new core.ConfigurableModuleBuilder(options).build(),
      }),
      taken<core.AsyncModuleOptions<object>>({
        what: 'the async options of a configurable module',
        options: { imports: [], useFactory: () => ({}), inject: [] },
        wrong: {
          imports: NO_LIST,
          useFactory: NO_FUNCTION,
          inject: NO_LIST,
          useClass: ['a', 5, null],
          useExisting: ['a'],
        },
        give: (options) => {
          class Mail extends new core.ConfigurableModuleBuilder<object>().build().ConfigurableModuleClass {}
          return Mail.registerAsync(options);
        },
      }),
    ],
    Controller: [
      taken<core.ControllerOptions>({
        what: '@Controller',
        options: { path: 'a', consumes: 'any', scope: core.Scope.DEFAULT },
        wrong: {
          path: [5, null, {}, [5]],
          version: [1, null, '', [1]],
          consumes: NO_KINDS,
          scope: [2, 'REQUEST', null],
        },
        give: (options) => onClass(core.Controller(options)),
        // A prefix alone is text.
        orElse: [5, null],
      }),
    ],
    All: [routes(core.All, '@All')],
    Delete: [routes(core.Delete, '@Delete')],
    Get: [routes(core.Get, '@Get')],
    Head: [routes(core.Head, '@Head')],
    Options: [routes(core.Options, '@Options')],
    Patch: [routes(core.Patch, '@Patch')],
    Post: [routes(core.Post, '@Post')],
    Put: [routes(core.Put, '@Put')],
    Header: none,
    HttpCode: none,
    Redirect: none,
    VERSION_NEUTRAL: none,
    Version: none,
    Body: none,
    Context: none,
    Cookies: none,
    createParamDecorator: none,
    Event: none,
    Headers: none,
    Ip: none,
    Param: none,
    Query: none,
    Record: none,
    Req: none,
    RequestId: none,
    Res: none,
    Signal: none,
    UploadedFile: [files(core.UploadedFile, '@UploadedFile')],
    UploadedFiles: [files(core.UploadedFiles, '@UploadedFiles')],
    Catch: none,
    For: none,
    Form: none,
    UseFilters: none,
    UseGuards: none,
    UseInterceptors: none,
    UsePipes: none,
    Cors: [
      taken<core.CorsOptions>({
        what: '@Cors',
        options: cors,
        wrong: corsWrong,
        give: (options) => onMethod(core.Cors(options)),
        orElse: ['*', 5, null, []],
      }),
    ],
    Timeout: none,
    OnAlarm: [consumers((options) => core.OnAlarm('a', options), '@OnAlarm')],
    OnAuthorize: none,
    OnDynamoDb: [consumers((options) => core.OnDynamoDb('a', options), '@OnDynamoDb')],
    OnEvent: none,
    OnEventBridge: [
      consumers((options) => core.OnEventBridge({}, options), '@OnEventBridge'),
      taken<core.EventBridgeCriteria>({
        what: '@OnEventBridge',
        options: { source: 'a', detailType: 'b', via: { sqs: 'a' } },
        wrong: { source: [5, null, '', ['a']], detailType: [5, null, ''], via: ['a', 5, null, {}] },
        give: (criteria) => onMethod(core.OnEventBridge(criteria)),
      }),
    ],
    OnFirehose: [
      taken<Omit<core.ConsumerOptions, 'batch'>>({
        what: '@OnFirehose',
        options: { concurrency: 2 },
        wrong: { concurrency: [0, 1.5, ...NO_AMOUNT] },
        give: (options) => onMethod(core.OnFirehose('a', options)),
      }),
    ],
    FirehoseResult: [
      taken<core.FirehoseResultOptions>({
        what: 'FirehoseResult.ok',
        options: { partitionKeys: { customer: 'c1' } },
        wrong: { partitionKeys: ['a', 5, null, [], { customer: 5 }, { customer: '' }] },
        give: (options) => core.FirehoseResult.ok({}, options),
      }),
    ],
    OnKafka: [consumers((options) => core.OnKafka('a', options), '@OnKafka')],
    OnKinesis: [consumers((options) => core.OnKinesis('a', options), '@OnKinesis')],
    OnMq: [consumers((options) => core.OnMq('a', options), '@OnMq')],
    OnS3: [
      consumers((options) => core.OnS3({}, options), '@OnS3'),
      taken<core.S3Criteria>({
        what: '@OnS3',
        options: { bucket: 'a', event: 'ObjectCreated:*', via: { sns: 'a' } },
        wrong: { bucket: [5, null, '', 'arn:aws:s3:::a'], event: [5, null, ''], via: ['a', 5, null, {}] },
        give: (criteria) => onMethod(core.OnS3(criteria)),
      }),
    ],
    OnSchedule: [
      viaConsumers((options) => core.OnSchedule('a', options), '@OnSchedule'),
      taken<{ cron: string; timezone?: string; input?: unknown; name?: string }>({
        what: '@OnSchedule with cron',
        orElse: [5, null, [], Promise.resolve({}), () => ({})],
        options: { cron: '0 3 * * ? *', timezone: 'Europe/Berlin', input: { all: true }, name: 'nightly' },
        wrong: {
          cron: ['0 3 * * *', 'cron(0 3 * * ? *)', '', 5, null, {}],
          timezone: ['Nowhere/Town', 'europe/berlin', '+01:00', '', 5, null, {}],
          input: [() => 1, 1n, { a: undefined }, new Date()],
          name: ['a b', '', '*', 5, null, {}, undefined, 'a'.repeat(65)],
        },
        give: (options) => onMethod(core.OnSchedule(options)),
      }),
      taken<{ rate: core.Rate }>({
        what: '@OnSchedule with rate',
        orElse: [5, null, [], Promise.resolve({}), () => ({})],
        options: { rate: '10 minutes' },
        wrong: { rate: ['10', '1 minutes', '0 hours', '2 weeks', '10  minutes', '', 5, null, {}] },
        give: (options) => onMethod(core.OnSchedule(options)),
      }),
    ],
    OnSns: [viaConsumers((options) => core.OnSns('a', options as never), '@OnSns')],
    OnSqs: [
      consumers((options) => core.OnSqs('a', options), '@OnSqs'),
      taken<SqsOptions>({
        what: '@OnSqs with a type',
        options: { type: 'a' },
        wrong: { type: [5, true, null, '', ' ', undefined, 'a*'], batch: NO_FLAG, concurrency: [0, 1.5, '1', null] },
        give: (options) => {
          class Target {
            @core.OnSqs('a', options) take() {}
          }
          return ready({ controllers: [Target] });
        },
      }),
    ],
    OnWebSocket: none,
    applyDecorators: none,
    SetMetadata: none,
    Reflector: none,
    forwardRef: none,
    InjectionToken: none,
    lazy: none,
    Scope: none,
    APP_FILTER: none,
    APP_GUARD: none,
    APP_INTERCEPTOR: none,
    APP_PIPE: none,
    Logger: none,
    kafkaHeaders: none,
    kafkaKey: none,
    BootstrapError: none,
    HttpException: [exceptions((options) => new core.HttpException(409, 'a', options), 'HttpException')],
    HttpStatus: none,
    ValidationException: none,
    ...Object.fromEntries(
      exceptionNames.map((name) => [name, [exceptions((options) => new (namedException(name))('a', options), name)]]),
    ),
    allowedRoutes: none,
    allRoutes: none,
    policyText: none,
    thisRoute: none,
    authorizerPolicy: [
      taken<core.AuthorizerPolicyOptions>({
        what: 'authorizerPolicy',
        options: {
          principalId: 'ada',
          effect: 'Deny',
          resources: ['arn:a'],
          context: { tenant: 'acme' },
          usageIdentifierKey: 'a',
        },
        wrong: {
          principalId: NO_NAME,
          effect: ['deny', true, null],
          resources: [5, null, {}, [5], []],
          context: NO_RECORD,
          usageIdentifierKey: NO_NAME,
        },
        give: (options) => core.authorizerPolicy(options),
      }),
    ],
    appSyncResults: none,
    isAppSyncBatch: none,
    isAppSyncResolver: none,
    decodeCloudWatchLogs: none,
    isCloudWatchLogs: none,
    isCognitoTrigger: none,
    isCustomResource: none,
    isIotAuthorizer: none,
    deferCustomResource: none,
    respondToCustomResource: none,
    isS3BatchTask: none,
    isSes: none,
    Request: none,
    Response: [
      responses((options) => new core.Response('a', options), 'Response'),
      taken<CookieOptions>({
        what: 'a cookie',
        options: {
          domain: 'a.example',
          httpOnly: true,
          maxAge: 5,
          partitioned: true,
          path: '/',
          priority: 'low',
          sameSite: 'lax',
          secure: true,
          expires: new Date(0),
        },
        wrong: {
          domain: NO_NAME,
          httpOnly: NO_FLAG,
          maxAge: ['5', Number.NaN, 1.5],
          partitioned: NO_FLAG,
          path: NO_NAME,
          priority: ['urgent'],
          sameSite: ['loose'],
          secure: NO_FLAG,
          expires: ['tomorrow', 5],
        },
        give: (options) => new core.Response().cookie('a', 'b', options),
        orElse: [],
      }),
    ],
    JsonResponse: [responses((options) => new core.JsonResponse({}, options), 'JsonResponse')],
    HtmlResponse: [responses((options) => new core.HtmlResponse('', options), 'HtmlResponse')],
    RedirectResponse: [
      taken<core.RedirectOptions>({
        what: 'RedirectResponse',
        options: { statusCode: 303, headers: {}, local: true },
        wrong: { statusCode: [200, '303', null], headers: ANYTHING, local: NO_FLAG },
        give: (options) => new core.RedirectResponse('/', options),
      }),
    ],
    StreamResponse: [responses((options) => new core.StreamResponse([] as never, options), 'StreamResponse')],
    EventSourceResponse: [
      taken<EventSourceOptions>({
        what: 'EventSourceResponse',
        options: { statusCode: 200, headers: {}, ping: 5 },
        wrong: { statusCode: ANYTHING, headers: ANYTHING, ping: [0, -1, '5', Number.NaN, null] },
        give: (options) => new core.EventSourceResponse([], options),
      }),
    ],
    FileResponse: [
      taken<FileResponseOptions>({
        what: 'FileResponse',
        options: { statusCode: 200, headers: {}, mediaType: 'text/csv', filename: 'a.csv', inline: true, root: '/tmp' },
        wrong: {
          statusCode: ANYTHING,
          headers: ANYTHING,
          mediaType: ANYTHING,
          filename: NO_NAME,
          inline: NO_FLAG,
          root: NO_NAME,
        },
        give: (options) => new core.FileResponse('a.csv', options),
      }),
    ],
    FormFile: none,
    getLogger: none,
    AccessLogInterceptor: [
      taken<core.AccessLogOptions>({
        what: 'AccessLogInterceptor',
        options: { ignorePaths: [/a/], redact: [], sampling: 1, clientIp: false, lambdaFields: false },
        wrong: {
          ignorePaths: ['/a', [5], null],
          redact: ['a', null],
          sampling: [2, '1', null],
          clientIp: NO_FLAG,
          lambdaFields: NO_FLAG,
        },
        give: (options) => new core.AccessLogInterceptor(options),
      }),
    ],
    fromMiddy: none,
    TimeoutInterceptor: none,
    settings: none,
    IntersectionType: none,
    OmitType: none,
    PartialType: [
      taken<core.PartialTypeOptions>({
        what: 'PartialType',
        options: { skipNullProperties: false },
        wrong: { skipNullProperties: NO_FLAG },
        give: (options) => {
          class Item {
            @IsString() name!: string;
          }
          return core.PartialType(Item, options);
        },
      }),
    ],
    PickType: none,
    DefaultValuePipe: none,
    ParseArrayPipe: [
      taken<ParseArrayPipeOptions>({
        what: 'ParseArrayPipe',
        options: {
          items: Number,
          separator: ';',
          optional: true,
          errorHttpStatusCode: 400,
          exceptionFactory: () => new Error('a'),
          ...checking,
        },
        wrong: {
          items: [undefined, 'Number', null, {}],
          separator: [5, '', null],
          optional: NO_FLAG,
          errorHttpStatusCode: [200, '422'],
          exceptionFactory: NO_FUNCTION,
          ...checkingWrong,
        },
        give: (options) => new core.ParseArrayPipe(options),
      }),
    ],
    ParseBoolPipe: [pipes((options) => new core.ParseBoolPipe(options), 'ParseBoolPipe')],
    ParseEnumPipe: [pipes((options) => new core.ParseEnumPipe({ a: 'a' }, options), 'ParseEnumPipe')],
    ParseFloatPipe: [pipes((options) => new core.ParseFloatPipe(options), 'ParseFloatPipe')],
    ParseIntPipe: [pipes((options) => new core.ParseIntPipe(options), 'ParseIntPipe')],
    ParseUUIDPipe: [
      taken<ParseUUIDPipeOptions>({
        what: 'ParseUUIDPipe',
        options: { version: '4', optional: true, errorHttpStatusCode: 400, exceptionFactory: () => new Error('a') },
        wrong: {
          version: [4, '9', 'any', null],
          optional: NO_FLAG,
          errorHttpStatusCode: [200, '422'],
          exceptionFactory: NO_FUNCTION,
        },
        give: (options) => new core.ParseUUIDPipe(options),
      }),
    ],
    ValidationPipe: [
      taken<ValidationPipeOptions>({
        what: 'ValidationPipe',
        options: { ...validation, expectedType: CheckedDto },
        wrong: { ...validationWrong, expectedType: ['a', null, {}, String] },
        give: (options) => new core.ValidationPipe(options),
      }),
    ],
  },
  'lambent/auth': {
    // Names, which test/auth/access.test.ts refuses.
    Authenticated: none,
    Public: none,
    Roles: none,
    Scopes: none,
    CurrentUser: none,
    AuthGuard: none,
    ApiKeys: none,
    TokenVerifier: none,
    OptionalAuth: none,
    TEST_KEYS: none,
    ApiKeyModule: [
      taken<auth.ApiKeyModuleOptions>({
        what: 'ApiKeyModule.forRoot',
        options: { keys: [{ name: 'a', key: 'b' }], header: 'x-key', user: () => ({}) },
        wrong: {
          keys: ['a', 5, null, {}, [], ['a'], [{}]],
          header: [...NO_NAME, 'a b', 'authorization'],
          user: NO_FUNCTION,
        },
        give: (options) => auth.ApiKeyModule.forRoot(options),
      }),
      taken<auth.ApiKey>({
        what: 'a key of ApiKeyModule',
        options: { name: 'a', key: 'b', roles: ['c'], scopes: ['d'] },
        wrong: {
          name: [...NO_NAME, undefined],
          key: [...NO_NAME, undefined, 'a b'],
          roles: ['a', 5, [5]],
          scopes: ['a'],
        },
        give: (key) => auth.ApiKeyModule.forRoot({ keys: [key] }),
        orElse: ['text', 5, null, []],
      }),
      taken<auth.ApiKeyModuleAsyncOptions>({
        what: 'ApiKeyModule.forRootAsync',
        options: { header: 'x-key', imports: [], inject: [], useFactory: () => ({ keys: [] }) },
        wrong: { header: [...NO_NAME, 'a b'], imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION },
        give: (options) => auth.ApiKeyModule.forRootAsync(options),
      }),
    ],
    AlbAuthModule: [
      modules((options) => auth.AlbAuthModule.forRootAsync(options as never), 'AlbAuthModule.forRootAsync'),
      taken<auth.AlbAuthModuleOptions>({
        what: 'AlbAuthModule.forRoot',
        options: {
          loadBalancer: LOAD_BALANCER,
          issuer: 'https://auth.example.com',
          clientId: ['a'],
          clockTolerance: 0,
          keysUrl: 'https://keys.example.com',
          fetchKey: async () => undefined,
          roles: 'a',
          scopes: () => [],
          user: async () => ({}),
        },
        wrong: {
          loadBalancer: [5, true, null, {}, '', ' ', [], [5], 'web', undefined],
          issuer: [...NO_NAME, undefined],
          clientId: [5, true, null, {}, '', ' ', [], [5], undefined],
          clockTolerance: [...NO_AMOUNT, 1.5, 301],
          keysUrl: [...NO_NAME, 'http://keys.example.com'],
          fetchKey: NO_FUNCTION,
          roles: NO_NAME,
          scopes: NO_NAME,
          user: NO_FUNCTION,
        },
        give: (options) => auth.AlbAuthModule.forRoot(options),
      }),
    ],
    GatewayAuthModule: [
      taken<auth.GatewayAuthModuleOptions>({
        what: 'GatewayAuthModule.forRoot',
        options: { authorizers: ['jwt', 'lambda'], id: 'a', roles: 'b', scopes: () => [], user: () => ({}) },
        wrong: {
          authorizers: ['jwt', 5, null, [], ['all'], undefined],
          id: NO_NAME,
          roles: NO_NAME,
          scopes: NO_NAME,
          user: NO_FUNCTION,
        },
        give: (options) => auth.GatewayAuthModule.forRoot(options),
      }),
      taken<auth.GatewayAuthModuleAsyncOptions>({
        what: 'GatewayAuthModule.forRootAsync',
        options: { authorizers: ['iam'], imports: [], inject: [], useFactory: () => ({}) },
        wrong: { authorizers: [[], ['all'], 'iam'], imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION },
        give: (options) => auth.GatewayAuthModule.forRootAsync(options),
      }),
    ],
    JwtModule: [
      modules((options) => auth.JwtModule.forRootAsync(options as never), 'JwtModule.forRootAsync'),
      taken<auth.JwtModuleOptions>({
        what: 'JwtModule.forRoot',
        options: {
          issuer: 'https://auth.example.com',
          audience: ['a'],
          jwksUri: 'https://auth.example.com/keys',
          jwks: { keys: [] },
          algorithms: ['RS256'],
          clockTolerance: 0,
          keysMaxAge: 60,
          fetchKeys: async () => ({ keys: [] }),
          roles: 'a',
          scopes: () => [],
          user: async () => ({}),
        },
        wrong: {
          issuer: [...NO_NAME, undefined],
          audience: [5, true, null, {}, '', ' ', [], [5], undefined],
          cognito: ['a', 5, null, [], {}],
          issuers: ['a', 5, null, [], {}, [{}]],
          jwksUri: NO_NAME,
          jwks: NO_RECORD,
          algorithms: ['RS256', 5, null, [], ['HS256'], ['none']],
          clockTolerance: [...NO_AMOUNT, 1.5, 301],
          keysMaxAge: [0, ...NO_AMOUNT],
          fetchKeys: NO_FUNCTION,
          roles: NO_NAME,
          scopes: NO_NAME,
          user: NO_FUNCTION,
        },
        give: (options) => auth.JwtModule.forRoot(options),
      }),
      taken<auth.IssuerOptions>({
        what: 'an issuer of JwtModule',
        options: {
          issuer: 'https://auth.example.com',
          audience: 'a',
          jwksUri: 'https://auth.example.com/keys',
          jwks: { keys: [] },
        },
        wrong: {
          issuer: [...NO_NAME, undefined],
          audience: [5, null, {}, '', [], undefined],
          jwksUri: NO_NAME,
          jwks: NO_RECORD,
        },
        give: (issuer) => auth.JwtModule.forRoot({ issuers: [issuer] }),
        orElse: ['text', 5, null, []],
      }),
      taken<auth.CognitoOptions>({
        what: 'a user pool of JwtModule',
        options: { userPoolId: 'eu-central-1_a', clientId: 'a', tokenUse: 'id', jwks: { keys: [] } },
        wrong: {
          userPoolId: [...NO_NAME, undefined],
          clientId: [5, null, {}, '', [], undefined],
          tokenUse: ['refresh', null, 5],
          jwks: NO_RECORD,
        },
        give: (cognito) => auth.JwtModule.forRoot({ cognito }),
        orElse: ['text', 5, null],
      }),
    ],
  },
  'lambent/aws': {
    AppConfig: [valueDecorators(aws.AppConfig, '@AppConfig')],
    AppConfigModule: [
      modules((options) => aws.AppConfigModule.forRootAsync(options as never), 'AppConfigModule.forRootAsync'),
      taken<aws.AppConfigOptions>({
        what: 'AppConfigModule',
        options: { application: 'a', environment: 'b', maxAge: 1, config: {}, client: { destroy: () => undefined } },
        wrong: { application: [...NO_TEXT, ''], environment: [...NO_TEXT, ''], ...values },
        give: (options) => opening(aws.AppConfigModule.forRoot(options)),
        only: 'refusals',
      }),
    ],
    AppConfigStore: [stores('AppConfigStore.get')],
    // Whatever a client of the SDK takes.
    awsClientConfig: none,
    AwsModule: [
      taken<aws.AwsModuleOptions>({
        what: 'AwsModule.forRoot',
        options: {
          clients: [
            class Client {
              destroy() {}
            } as never,
          ],
          config: {},
        },
        wrong: { clients: [...NO_LIST, [], [undefined], ['S3Client']], config: NO_RECORD },
        give: (options) => aws.AwsModule.forRoot(options),
      }),
      taken<aws.AwsModuleAsyncOptions>({
        what: 'AwsModule.forRootAsync',
        options: {
          clients: [
            class Client {
              destroy() {}
            } as never,
          ],
          imports: [],
          inject: [],
          useFactory: () => ({}),
        },
        wrong: { clients: [...NO_LIST, [undefined]], imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION },
        give: (options) => aws.AwsModule.forRootAsync(options),
      }),
    ],
    connectionsClient: none,
    IdempotencyModule: [
      modules((options) => aws.IdempotencyModule.forRootAsync(options as never), 'IdempotencyModule.forRootAsync'),
      taken<aws.IdempotencyOptions>({
        what: 'IdempotencyModule',
        options: { tableName: 'a' },
        wrong: {
          tableName: [...NO_TEXT, ''],
          keyAttr: NO_NAME,
          sortKeyAttr: NO_NAME,
          expiresAfter: [0, ...NO_AMOUNT],
          client: NO_RECORD,
          config: NO_RECORD,
        },
        give: (options) => opening(aws.IdempotencyModule.forRoot(options)),
        only: 'refusals',
      }),
    ],
    Idempotent: [
      taken<aws.IdempotentOptions>({
        what: '@Idempotent',
        options: { key: 'body.id', payload: 'body', expiresAfter: 5, name: 'a' },
        wrong: {
          key: [5, null, '', undefined],
          payload: [5, null, ''],
          expiresAfter: [0, -1, '5', Number.NaN],
          name: [5, null, ''],
        },
        give: (options) => onMethod(aws.Idempotent(options)),
        only: 'refusals',
      }),
    ],
    ParameterStore: [stores('ParameterStore.get')],
    Parameter: [valueDecorators(aws.Parameter, '@Parameter')],
    ParametersModule: [
      modules((options) => aws.ParametersModule.forRootAsync(options as never), 'ParametersModule.forRootAsync'),
      taken<aws.ParametersOptions>({
        what: 'ParametersModule',
        options: { path: '/a' },
        wrong: { path: [...NO_TEXT, 'a'], ...values },
        give: (options) => opening(aws.ParametersModule.forRoot(options)),
        only: 'refusals',
        // A promise of options is waited for.
        orElse: ['text', 5, null, []],
      }),
    ],
    SecretStore: [stores('SecretStore.get')],
    Secret: [valueDecorators(aws.Secret, '@Secret')],
    SecretsModule: [
      modules((options) => aws.SecretsModule.forRootAsync(options as never), 'SecretsModule.forRootAsync'),
      taken<aws.ValueModuleOptions>({
        what: 'SecretsModule',
        options: {},
        wrong: values,
        give: (options) => opening(aws.SecretsModule.forRoot(options)),
        only: 'refusals',
        orElse: ['text', 5, null, []],
      }),
    ],
  },
  'lambent/config': {
    ConfigModule: none,
    Duration: none,
    Env: [
      taken<configuration.EnvOptions>({
        what: '@Env',
        options: { name: 'A', secret: true },
        wrong: { name: [5, true, null, '', 'a b', 'a=b'], secret: NO_FLAG },
        give: (options) => configuration.Env(options),
        // Text is a name.
        orElse: [5, null, [], Promise.resolve({}), () => ({})],
      }),
    ],
    FromParameter: [
      taken<configuration.FromParameterOptions>({
        what: '@FromParameter',
        options: { secret: false },
        wrong: { secret: NO_FLAG },
        give: (options) => configuration.FromParameter('/a', options),
      }),
    ],
    FromSecret: [
      taken<configuration.FromSecretOptions>({
        what: '@FromSecret',
        options: { key: 'a' },
        wrong: { key: NO_NAME },
        give: (options) => configuration.FromSecret('a', options),
      }),
    ],
    Json: none,
    SchemaConfig: none,
  },
  'lambent/observability': {
    Metrics: none,
    MetricsModule: [
      modules((options) => observability.MetricsModule.forRootAsync(options as never), 'MetricsModule.forRootAsync'),
      taken<observability.MetricsOptions>({
        what: 'MetricsModule',
        options: { namespace: 'a', service: 'b', dimensions: { stage: 'c' }, defaults: ['latency'] },
        wrong: {
          namespace: NO_NAME,
          service: NO_NAME,
          dimensions: [...NO_RECORD, { stage: 5 }, { stage: '' }],
          defaults: ['true', 1, null, {}, ['a'], [undefined]],
        },
        give: (options) => opening(observability.MetricsModule.forRoot(options)),
      }),
    ],
    SingleMetric: none,
    TracingModule: [
      modules((options) => observability.TracingModule.forRootAsync(options as never), 'TracingModule.forRootAsync'),
      taken<observability.TracingAsyncOptions>({
        what: 'TracingModule.forRootAsync with clients',
        options: { imports: [], inject: [], useFactory: () => ({}), clients: [] },
        wrong: { imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION, clients: [...NO_LIST, ['S3Client']] },
        give: (options) => observability.TracingModule.forRootAsync(options),
      }),
      taken<observability.TracingOptions>({
        what: 'TracingModule',
        options: {
          incoming: {},
          sampledPerSecond: 1,
          flushTimeout: 1,
          clients: [],
          attributes: () => ({}),
          provider: { getTracer: () => ({}) },
          optional: true,
        },
        wrong: {
          incoming: NO_RECORD,
          sampledPerSecond: NO_AMOUNT,
          flushTimeout: NO_AMOUNT,
          clients: [...NO_LIST, [undefined], ['S3Client']],
          attributes: NO_FUNCTION,
          provider: [...NO_RECORD, {}],
          optional: NO_FLAG,
        },
        give: (options) => opening(observability.TracingModule.forRoot(options)),
      }),
      taken<observability.IncomingTraces>({
        what: 'incoming of TracingModule',
        options: { http: 'parent', messages: 'link', xray: 'ignore' },
        wrong: { http: ['trust', true, null], messages: ['trust', true, null], xray: ['trust', true, null] },
        give: (incoming) => opening(observability.TracingModule.forRoot({ incoming })),
      }),
    ],
  },
  'lambent/openapi': {
    ApiExclude: none,
    ApiOperation: [
      taken<openapi.ApiOperationOptions>({
        what: '@ApiOperation',
        options: { summary: 'a', description: 'a', operationId: 'a', deprecated: true },
        wrong: { summary: NO_TEXT, description: NO_TEXT, operationId: NO_NAME, deprecated: NO_FLAG },
        give: (options) => onMethod(openapi.ApiOperation(options)),
      }),
    ],
    ApiProperty: [properties(openapi.ApiProperty, '@ApiProperty')],
    ApiPropertyOptional: [properties(openapi.ApiPropertyOptional, '@ApiPropertyOptional')],
    ApiSecurity: none,
    ApiTags: none,
    ...Object.fromEntries(statusNames.map((name) => [name, [statuses(namedStatus(name), `@${name}`)]])),
    ApiResponse: [
      taken<openapi.ApiResponseOptions>({
        what: '@ApiResponse',
        options: { status: 404 },
        wrong: {
          status: ['404', 42, '6XX', null],
          description: NO_TEXT,
          type: ANYTHING,
          isArray: NO_FLAG,
          schema: NO_RECORD,
          mediaType: NO_TEXT,
          example: ANYTHING,
          examples: NO_RECORD,
          headers: NO_RECORD,
        },
        give: (options) => onMethod(openapi.ApiResponse(options)),
      }),
    ],
    ApiBasicAuth: none,
    ApiBearerAuth: none,
    ApiBody: [
      taken<Parameters<typeof openapi.ApiBody>[0]>({
        what: '@ApiBody',
        options: {
          description: 'a',
          required: true,
          type: String,
          isArray: false,
          enum: ['a'],
          schema: {},
          example: 1,
          examples: {},
        },
        wrong: {
          description: NO_TEXT,
          required: NO_FLAG,
          type: ANYTHING,
          isArray: NO_FLAG,
          enum: ANYTHING,
          schema: NO_RECORD,
          example: ANYTHING,
          examples: NO_RECORD,
        },
        give: (options) => onMethod(openapi.ApiBody(options)),
      }),
    ],
    ApiConsumes: none,
    ApiCookieAuth: none,
    ApiExcludeController: none,
    ApiExcludeEndpoint: none,
    ApiExtraModels: none,
    ApiHeader: [parameters(openapi.ApiHeader, '@ApiHeader')],
    ApiHeaders: [parameters((options) => openapi.ApiHeaders([options]), '@ApiHeaders')],
    ApiHideProperty: none,
    ApiOAuth2: none,
    ApiParam: [parameters(openapi.ApiParam, '@ApiParam')],
    ApiProduces: none,
    ApiQuery: [parameters(openapi.ApiQuery, '@ApiQuery')],
    ApiResponseProperty: [properties(openapi.ApiResponseProperty, '@ApiResponseProperty')],
    getSchemaPath: none,
    createOpenApiDocument: [
      taken<openapi.OpenApiOptions>({
        what: 'createOpenApiDocument',
        options: {
          title: 'a',
          version: '1',
          summary: 'a',
          description: 'a',
          termsOfService: 'https://a.example',
          contact: {},
          license: { name: 'MIT' },
          servers: ['https://a.example'],
          tags: [{ name: 'a' }],
          securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
          security: ['key'],
          publicMetadata: 'public',
          apiVersion: '1',
        },
        wrong: {
          title: NO_TEXT,
          version: NO_TEXT,
          summary: NO_TEXT,
          description: NO_TEXT,
          termsOfService: NO_TEXT,
          contact: NO_RECORD,
          license: NO_RECORD,
          servers: ['a', [5], null],
          tags: ['a', ['a'], null],
          securitySchemes: NO_RECORD,
          security: ['key', [5], ['other'], null],
          publicMetadata: [5, null, {}],
          apiVersion: [1, null, ''],
        },
        give: (options) => openapi.createOpenApiDocument(core.LambdaApplication.describe(Empty), options),
      }),
    ],
    OpenApiModule: [
      taken<openapi.OpenApiModuleOptions>({
        what: 'OpenApiModule.forRoot',
        options: { title: 'a', version: '1', path: '/a', docs: false, decorators: [] },
        wrong: {
          title: [...NO_TEXT, ''],
          version: NO_TEXT,
          summary: NO_TEXT,
          description: NO_TEXT,
          termsOfService: NO_TEXT,
          contact: NO_RECORD,
          license: NO_RECORD,
          servers: ['a'],
          tags: ['a'],
          securitySchemes: NO_RECORD,
          security: ['key'],
          publicMetadata: [5],
          apiVersion: [1],
          path: ['a', 5, null],
          docs: [true, 5, null],
          decorators: ['a', [5], null],
        },
        give: (options) => openapi.OpenApiModule.forRoot(options),
      }),
    ],
    documentationPage: [
      taken<Parameters<typeof openapi.documentationPage>[1]>({
        what: 'documentationPage',
        options: { page: '/docs', document: '/openapi.json' },
        wrong: { page: NO_NAME, document: NO_NAME },
        give: (places) =>
          openapi.documentationPage(
            openapi.createOpenApiDocument(core.LambdaApplication.describe(Empty), { title: 'a', version: '1' }),
            places,
          ),
      }),
    ],
  },
  'lambent/cache': {
    CacheControl: [
      taken<caches.CacheControlOptions>({
        what: '@CacheControl',
        options: { public: true, maxAge: 1, sMaxAge: 1, staleWhileRevalidate: 1, staleIfError: 1, noTransform: true },
        wrong: {
          public: NO_FLAG,
          private: [...NO_FLAG, true],
          noStore: [...NO_FLAG, true],
          noCache: [...NO_FLAG, true],
          maxAge: [1.5, 2 ** 31, ...NO_AMOUNT],
          sMaxAge: [1.5, ...NO_AMOUNT],
          mustRevalidate: [...NO_FLAG, true],
          proxyRevalidate: NO_FLAG,
          mustUnderstand: [...NO_FLAG, true],
          noTransform: NO_FLAG,
          immutable: NO_FLAG,
          staleWhileRevalidate: NO_AMOUNT,
          staleIfError: NO_AMOUNT,
        },
        give: (options) => onMethod(caches.CacheControl(options)),
      }),
    ],
    Cached: [
      taken<caches.CachedOptions>({
        what: '@Cached',
        options: { ttl: 1, by: () => 'a', max: 1 },
        wrong: { ttl: [0, undefined, ...NO_AMOUNT], by: NO_FUNCTION, max: [0, 1.5, 1_000_001, ...NO_AMOUNT] },
        give: (options) => caches.Cached(options as caches.CachedOptions),
      }),
    ],
  },
  'lambent/health': {
    HealthModule: [
      taken<health.HealthModuleOptions>({
        what: 'HealthModule.forRoot',
        options: { checks: { a: () => true }, ...healthEndpoint.options },
        wrong: { checks: ['a', 5, null, undefined, { a: 5 }, { a: {} }], ...healthEndpoint.wrong },
        give: (options) => health.HealthModule.forRoot(options as health.HealthModuleOptions),
      }),
      taken<health.HealthModuleAsyncOptions>({
        what: 'HealthModule.forRootAsync',
        options: { imports: [], inject: [], useFactory: () => ({}), ...healthEndpoint.options },
        wrong: { imports: NO_LIST, inject: NO_LIST, useFactory: NO_FUNCTION, ...healthEndpoint.wrong },
        give: (options) => health.HealthModule.forRootAsync(options as health.HealthModuleAsyncOptions),
      }),
      taken<health.HealthCheck>({
        what: 'a check of HealthModule',
        options: { check: () => true, timeout: 1, close: () => undefined },
        wrong: { check: NO_FUNCTION, timeout: [0, ...NO_AMOUNT], close: NO_FUNCTION },
        give: (a) => health.HealthModule.forRoot({ checks: { a: a as health.HealthCheck } }),
        orElse: ['text', 5, null, []],
      }),
    ],
    dynamoDbCheck: [awsChecks(health.dynamoDbCheck, 'dynamoDbCheck')],
    sqsCheck: [awsChecks(health.sqsCheck, 'sqsCheck')],
    httpCheck: [
      taken<health.HttpCheckOptions>({
        what: 'httpCheck',
        options: { method: 'HEAD', headers: {}, status: 401, timeout: 1 },
        wrong: {
          method: ['POST', 5, null],
          headers: NO_RECORD,
          status: [199, 600, '200', null],
          timeout: [0, ...NO_AMOUNT],
        },
        give: (options) => health.httpCheck('https://a.example', options),
      }),
    ],
  },
  'lambent/messaging': {
    EventBus: [
      taken<messages.SendOptions>({
        what: 'EventBus.send',
        options: { type: 'a' },
        wrong: { type: NO_SENT },
        give: (options) => sending(messages.getEventBusToken('a'), options),
        // A function returns them for each message.
        orElse: ['text', 5, null, []],
      }),
    ],
    InjectEventBus: none,
    InjectQueue: none,
    InjectTopic: none,
    InvalidMessageError: none,
    MessageSender: none,
    MessagesNotSentError: none,
    MessagingModule: [
      taken<messages.MessagingAsyncOptions>({
        what: 'MessagingModule.forRootAsync',
        options: { queues: { a: schema }, imports: [], inject: [], useFactory: () => ({}) },
        wrong: {
          queues: NO_RECORD,
          topics: NO_RECORD,
          buses: NO_RECORD,
          imports: NO_LIST,
          inject: NO_LIST,
          useFactory: NO_FUNCTION,
        },
        give: (options) => messages.MessagingModule.forRootAsync(options),
      }),
      taken<messages.MessagingOptions>({
        what: 'MessagingModule.forRoot',
        options: {
          queues: { a: schema },
          topics: {},
          buses: {},
          sqs: {},
          sns: {},
          eventBridge: {},
          resolve: () => 'a',
        },
        wrong: {
          queues: NO_RECORD,
          topics: NO_RECORD,
          buses: NO_RECORD,
          sqs: NO_RECORD,
          sns: NO_RECORD,
          eventBridge: NO_RECORD,
          resolve: NO_FUNCTION,
        },
        give: (options) => messages.MessagingModule.forRoot(options),
      }),
      taken<messages.ClientOptions>({
        what: 'the client of a queue',
        options: { config: {}, client: { destroy: () => undefined } },
        wrong: { config: NO_RECORD, client: NO_RECORD },
        give: (sqs) => messages.MessagingModule.forRoot({ queues: { a: schema }, sqs }),
      }),
      taken<messages.QueueDeclaration>({
        what: 'a queue of MessagingModule',
        options: {
          message: schema,
          contentBasedDeduplication: true,
          largePayloads: new messages.PayloadBucket('payloads'),
        },
        wrong: {
          message: ['a', 5, null, {}, []],
          types: ['a', 5, null, [], {}, { a: 'a' }],
          largePayloads: ['payloads', 5, null, {}, [], messages.PayloadBucket],
          contentBasedDeduplication: NO_FLAG,
        },
        give: (a) => messages.MessagingModule.forRoot({ queues: { a } }),
      }),
      taken<messages.BusDeclaration>({
        what: 'a bus of MessagingModule',
        options: { message: schema, source: 'a' },
        wrong: { message: ['a', 5, null, {}, []], types: ['a', 5, null, [], {}, { a: 'a' }], source: NO_NAME },
        give: (a) => messages.MessagingModule.forRoot({ buses: { a } }),
      }),
    ],
    LargePayloads: none,
    PayloadError: none,
    PayloadBucket: [
      taken<messages.PayloadBucketOptions>({
        what: 'PayloadBucket',
        options: { prefix: 'a/', threshold: 0, maxSize: 1, s3: { config: {} } },
        wrong: {
          prefix: [...NO_TEXT, '/', 'a b'],
          threshold: [-1, 1.5, '1', null],
          maxSize: [0, 1.5, '1', null],
          s3: NO_RECORD,
        },
        give: (options) => new messages.PayloadBucket('payloads', options),
      }),
    ],
    Queue: [
      taken<messages.QueueOptions>({
        what: 'Queue.send',
        options: { type: 'a', delay: 1, groupId: 'a', attributes: { a: 1, b: 'b' } },
        wrong: { ...ofTopic, delay: [-1, 901, 1.5, '1', null] },
        give: (options) => sending(messages.getQueueToken('a'), options),
        // A function returns them for each message.
        orElse: ['text', 5, null, []],
      }),
    ],
    Topic: [
      taken<messages.TopicOptions>({
        what: 'Topic.send',
        options: { type: 'a', groupId: 'a', attributes: {} },
        wrong: ofTopic,
        give: (options) => sending(messages.getTopicToken('a'), options),
        // A function returns them for each message.
        orElse: ['text', 5, null, []],
      }),
    ],
    getEventBusToken: none,
    getQueueToken: none,
    getTopicToken: none,
  },
  'lambent/rate-limit': {
    callerNetwork: none,
    RateLimit: [
      taken<limits.RateLimitOptions>({
        what: '@RateLimit',
        options: { limit: 1, per: 60, by: 'ip', name: 'a', onError: 'allow' },
        wrong: {
          limit: [0, 1.5, ...NO_AMOUNT],
          per: [0, 1.5, 31_536_001, 'week', ...NO_AMOUNT],
          by: ['header', 5, null, {}, undefined],
          name: [...NO_NAME, 'a b', 'a"', 'a'.repeat(65)],
          onError: ['pass', true, null],
        },
        give: (options) => withLimits(options as limits.RateLimitOptions),
      }),
    ],
    RateLimitModule: [
      modules((options) => limits.RateLimitModule.forRootAsync(options as never), 'RateLimitModule.forRootAsync'),
      taken<limits.RateLimitModuleOptions>({
        what: 'RateLimitModule.forRoot',
        options: { store: 'memory', onError: 'refuse' },
        wrong: { store: ['redis', 5, null, [], {}, undefined], onError: ['pass', true, null] },
        give: (options) => limits.RateLimitModule.forRoot(options as limits.RateLimitModuleOptions),
      }),
      taken<limits.RateLimitTable>({
        what: 'the table of RateLimitModule',
        options: { table: 'a', timeout: 1, client: {} as never, config: {} },
        wrong: {
          table: [...NO_NAME, undefined],
          timeout: [0, ...NO_AMOUNT],
          client: NO_RECORD,
          config: NO_RECORD,
        },
        give: (store) => limits.RateLimitModule.forRoot({ store: store as limits.RateLimitTable }),
        orElse: ['text', 5, null, []],
      }),
    ],
  },
  'lambent/testing': {
    SentMessages: none,
    autoMock: none,
    // An issuer is whatever an application names so.
    TestIssuer: none,
    TestLoadBalancer: none,
    fakeContext: [
      taken<kit.FakeContextOptions>({
        what: 'fakeContext',
        options: { remainingTime: 1 },
        wrong: { remainingTime: ANYTHING },
        give: (options) => kit.fakeContext(options),
      }),
    ],
    events: [
      ...httpEvents.map((name) =>
        samples(kit.events[name], `events.${name}`, { ...request, payload: ANYTHING, query: ANYTHING }),
      ),
      samples(kit.events.eventBridge, 'events.eventBridge', {
        source: ANYTHING,
        detailType: ANYTHING,
        detail: ANYTHING,
        resources: ANYTHING,
        time: ANYTHING,
      }),
      samples(kit.events.schedule, 'events.schedule', {
        rule: ANYTHING,
        scheduler: ANYTHING,
        input: ANYTHING,
        time: ANYTHING,
      }),
      samples<object>((object) => kit.events.s3(object!), 'events.s3', {
        bucket: ANYTHING,
        key: ANYTHING,
        event: ANYTHING,
        size: ANYTHING,
      }),
      samples(kit.events.s3EventBridge, 'events.s3EventBridge', { bucket: ANYTHING, key: ANYTHING, size: ANYTHING }),
      samples(kit.events.webSocket, 'events.webSocket', {
        route: ANYTHING,
        body: ANYTHING,
        connectionId: ANYTHING,
        headers: ANYTHING,
        query: ANYTHING,
        domainName: ANYTHING,
        stage: ANYTHING,
      }),
      samples(kit.events.authorizerToken, 'events.authorizerToken', {
        token: ANYTHING,
        method: ANYTHING,
        path: ANYTHING,
      }),
      samples(kit.events.authorizerRequest, 'events.authorizerRequest', request),
      samples(kit.events.authorizerV2, 'events.authorizerV2', request),
      samples(kit.events.authorizerAppSync, 'events.authorizerAppSync', { token: ANYTHING }),
      samples<object>((sample) => kit.events.cognito('PreSignUp', sample), 'events.cognito', {}),
      samples<object>((sample) => kit.events.appSync('Query', 'order', sample), 'events.appSync', {}),
      samples(kit.events.ses, 'events.ses', {
        from: ANYTHING,
        to: ANYTHING,
        subject: ANYTHING,
        headers: ANYTHING,
        verdict: ANYTHING,
      }),
      samples<object>((sample) => kit.events.customResource('Create', sample), 'events.customResource', {}),
      samples(kit.events.iotAuthorizer, 'events.iotAuthorizer', {
        token: ANYTHING,
        clientId: ANYTHING,
        username: ANYTHING,
        password: ANYTHING,
      }),
    ],
    inject: [
      taken<kit.InjectRequest>({
        what: 'inject',
        options: { method: 'GET', url: '/', source: 'alb', remainingTime: 1000 },
        wrong: { ...request, payload: ANYTHING, query: ANYTHING, remainingTime: ANYTHING, source: ['v2', 5, null] },
        give: (options) => kit.inject({ handler: async () => ({ statusCode: 200 }) }, options),
      }),
    ],
    Test: [
      {
        ...application,
        what: 'Test.createTestingModule',
        give: (options) =>
          kit.Test.createTestingModule({}, options)
            .compile()
            .then((app) => app.close()),
        only: 'refusals',
      },
    ],
  },
  'lambent/local': {
    installAwsLambda: none,
    banner: [
      taken<local.BannerContent>({
        what: 'banner',
        options: { url: 'http://localhost:3000', source: 'v2', routes: [], example: (url) => url },
        wrong: { url: NO_NAME, source: [5, null], routes: NO_LIST, example: NO_FUNCTION },
        give: (options) => local.banner(options),
      }),
    ],
    deliver: none,
    invokeFunction: none,
    deliverUsage: none,
    parseDelivery: none,
    localContext: [
      taken<local.LocalContextOptions>({
        what: 'localContext',
        options: { timeout: 1, functionName: 'a', requestId: 'a', memory: 1 },
        wrong: { timeout: ANYTHING, functionName: NO_NAME, requestId: NO_NAME, memory: [0, ...NO_AMOUNT] },
        give: (options) => local.localContext(options),
      }),
    ],
    parseArguments: none,
    usage: none,
    startBuckets: [
      taken<local.BucketsOptions>({
        what: 'startBuckets',
        options: { names: ['payloads'], port: 0, terminal: console },
        wrong: {
          names: ['payloads', 5, null, {}, [5]],
          port: [-1, 65_536, 1.5, '0', null],
          terminal: NO_RECORD,
        },
        give: async (options) => (await local.startBuckets(options)).close(),
      }),
    ],
    startQueues: [
      taken<local.QueuesOptions>({
        what: 'startQueues',
        options: {
          names: ['a.fifo'],
          port: 0,
          batchSize: 1,
          visibilityTimeout: 1,
          maxReceiveCount: 1,
          contentBasedDeduplication: true,
          timeout: 1,
          terminal: console,
        },
        wrong: {
          names: ['a', [5], null, undefined],
          port: [-1, 1.5, '3000', 70_000, null],
          batchSize: [0, 1.5, '5'],
          visibilityTimeout: [0, -1, '5'],
          maxReceiveCount: [0, '5'],
          contentBasedDeduplication: NO_FLAG,
          timeout: [0, '5'],
          terminal: NO_RECORD,
        },
        give: async (options) => (await local.startQueues(options)).close(),
      }),
    ],
    serve: [
      taken<local.ServeOptions>({
        what: 'serve',
        options: {
          port: 0,
          host: 'localhost',
          allowedHosts: [],
          source: 'v1',
          timeout: 1,
          stage: 'a',
          streaming: false,
          binaryMediaTypes: [],
          routes: [],
          example: (url) => url,
          quiet: true,
          terminal: console,
        },
        wrong: {
          port: [-1, 1.5, '3000', 70_000, null],
          host: NO_NAME,
          allowedHosts: ['a', [5], null],
          source: ['v3', 5],
          timeout: [0, ...NO_AMOUNT],
          stage: NO_NAME,
          streaming: NO_FLAG,
          binaryMediaTypes: ['a', [5], null],
          routes: NO_LIST,
          example: NO_FUNCTION,
          quiet: NO_FLAG,
          terminal: NO_RECORD,
        },
        give: (options) => local.serve({ handler: async () => ({}) } as never, options),
        only: 'refusals',
      }),
    ],
  },
  'lambent/build': {
    build: [
      taken<bundles.BuildOptions>({
        what: 'build',
        options: { entry: 'src/handler.ts' },
        wrong: {
          entry: [5, null, '', [], {}],
          outDir: NO_NAME,
          format: ['iife', 5, null],
          minify: NO_FLAG,
          sourcemaps: [true, 'inline', null],
          runtimeSdk: NO_FLAG,
          external: ['a', [5], null],
          tsconfig: NO_NAME,
          cwd: NO_NAME,
          budget: [0, -1, '5', Number.NaN, null],
          plan: NO_FLAG,
          codeCache: [...NO_RECORD, {}, { events: [] }, { events: 'order.json' }, { events: [5] }, { event: ['a'] }],
          explain: NO_FLAG,
          verbose: NO_FLAG,
          quiet: NO_FLAG,
          terminal: NO_RECORD,
        },
        give: (options) => bundles.build(options),
        only: 'refusals',
      }),
    ],
    preset: [
      taken<bundles.PresetOptions>({
        what: 'preset',
        options: {
          entry: 'src/handler.ts',
          outDir: 'a',
          format: 'cjs',
          minify: false,
          sourcemaps: 'inside',
          runtimeSdk: true,
          external: [/a/],
          cwd: '.',
          plan: false,
        },
        wrong: {
          entry: [5, null, '', [], {}],
          outDir: NO_NAME,
          format: ['iife', 5, null],
          minify: NO_FLAG,
          sourcemaps: [true, 'inline', null],
          runtimeSdk: NO_FLAG,
          external: ['a', [5], null],
          tsconfig: NO_NAME,
          cwd: NO_NAME,
          plan: NO_FLAG,
        },
        give: (options) => bundles.preset(options),
      }),
    ],
  },
  'lambent/cdk': {
    LambentFunction: [
      {
        what: 'LambentFunction',
        options: {},
        // What is not its own goes on to the CDK's Function.
        wrong: {
          entry: NO_NAME,
          handler: NO_NAME,
          module: NO_NAME,
          createOptions: NO_NAME,
          sources: NO_RECORD,
          destinations: NO_RECORD,
          bundling: ['a', 5, []],
        },
        give: (props) => new cdk.LambentFunction(new Stack(new App(), 'A'), 'Orders', props),
        only: 'refusals',
        orElse: [],
      },
      taken<cdk.FunctionBundling>({
        what: 'the option bundling of LambentFunction',
        options: {},
        wrong: {
          format: ['iife', 5, null],
          minify: NO_FLAG,
          sourcemaps: [true, 'inline', null],
          runtimeSdk: NO_FLAG,
          external: ['a', [5], null],
          budget: [0, ...NO_AMOUNT],
        },
        give: (bundling) => new cdk.LambentFunction(new Stack(new App(), 'A'), 'Orders', { bundling }),
        only: 'refusals',
        orElse: [],
      }),
      taken<cdk.MqEventSourceProps>({
        what: 'a queue of Amazon MQ',
        options: {
          brokerArn: 'arn:a',
          secret: CdkSecret.fromSecretNameV2(new Stack(new App(), 'A'), 'S', 's'),
          queue: 'a',
          virtualHost: '/',
          batchSize: 1,
        },
        wrong: { brokerArn: NO_NAME, secret: NO_RECORD, queue: NO_NAME, virtualHost: NO_NAME, batchSize: ANYTHING },
        give: (props) => new MqEventSource(props),
        orElse: [],
      }),
    ],
    LambentApi: [
      {
        what: 'LambentApi',
        options: {},
        wrong: { function: NO_RECORD, routes: ['all', true, null], kind: ['lambda', 5], api: NO_RECORD },
        give: (props) =>
          new cdk.LambentApi(new Stack(new App(), 'A'), 'Api', {
            function: { application: { routes: [] } },
            ...props,
          } as never),
        only: 'refusals',
        orElse: [],
      },
    ],
  },
};

@core.Module({})
class Empty {}
