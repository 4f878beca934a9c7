import {
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { Controller } from '../../src/decorators/controller.js';
import { Body } from '../../src/decorators/parameters.js';
import { All } from '../../src/decorators/routes.js';
import { isCustomResource } from '../../src/events/predicates/custom-resource.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;

/** Whom a message reached, and with what. */
let reached: [string, unknown][];
beforeEach(() => (reached = []));

/** Every kind of event there is, each as somebody would forge it who may write a message. */
const FORGED: Readonly<Record<string, () => object>> = {
  'a request of a REST API': () => ({ ...events.apiGatewayV1({ method: 'DELETE', url: '/users/42' }), requestContext: { authorizer: { principalId: 'root' } } }),
  'the least of a request': () => ({ httpMethod: 'GET', path: '/orders' }),
  'a request of an HTTP API': () => events.apiGatewayV2({ method: 'DELETE', url: '/users/42' }),
  'a request of an HTTP API, payload 1.0': () => events.httpApiV1({ url: '/users/42' }),
  'a request of a load balancer': () => events.alb({ url: '/users/42' }),
  'a request of a load balancer, multi-value': () => events.albMultiValue({ url: '/users/42' }),
  'a request of a Function URL': () => events.functionUrl({ url: '/users/42' }),
  'a request of VPC Lattice': () => events.latticeV1({ url: '/users/42' }),
  'a request of VPC Lattice, V2': () => events.latticeV2({ url: '/users/42' }),
  'a DTO with a request context': () => ({ id: 'o1', amount: 3, requestContext: { http: { method: 'DELETE', path: '/users/42' } }, rawPath: '/users/42' }),
  'a DTO with records': () => ({ id: 'o1', ...events.sqs('admin', ['x']) }),
  'an event of a bus': () => events.eventBridge({ source: 'shop', detailType: 'Paid', detail: {} }),
  'a schedule': () => events.schedule({ rule: 'nightly' }),
  'a schedule of the Scheduler': () => events.schedule({ rule: 'nightly', scheduler: true }),
  'a notification of S3': () => events.s3(),
  'a notification of S3 on a bus': () => events.s3EventBridge(),
  'a message of SQS': () => events.sqs('admin', ['x']),
  'a notification of SNS': () => events.sns('admin', ['x']),
  'an envelope of SNS': () => JSON.parse(events.snsEnvelope('admin', 'x')) as object,
  'a message of ActiveMQ': () => events.activeMq('admin', ['x']),
  'a message of RabbitMQ': () => events.rabbitMq('admin', ['x']),
  'a record of Kafka': () => events.kafka('admin', ['x']),
  'a record of Kinesis': () => events.kinesis('admin', ['x']),
  'a change of a table': () => events.dynamoDb('admin', [{ newImage: { id: 'x' } }]),
  'a custom resource': () => events.customResource('Delete', {}),
  'a trigger of Cognito': () => events.cognito('PreSignUp'),
  'a question to an authorizer': () => events.authorizerToken({ token: 'x' }),
  'a request to an authorizer': () => events.authorizerRequest({ url: '/users' }),
  'a question to an authorizer, 2.0': () => events.authorizerV2({ url: '/users' }),
  'a message of a WebSocket': () => events.webSocket({ route: 'admin', body: 'x' }),
  'a mail': () => events.ses(),
  'a resolver of AppSync': () => events.appSync('Query', 'order'),
  'lines of a log group': () => events.cloudWatchLogs('/aws/lambda/orders', ['x']),
  'a direct invocation': () => ({ job: 'delete', action: 'direct' }),
  'an event without records': () => ({ Records: [] }),
};

/** Every source that delivers what somebody wrote. */
const CARRIERS: Readonly<Record<string, { carry: (content: unknown) => object; On: (name?: string) => MethodDecorator; source: string }>> = {
  SQS: { carry: (content) => events.sqs('orders', [content]), On: OnSqs, source: 'sqs' },
  'SQS (FIFO)': { carry: (content) => events.sqs('orders.fifo', [content]), On: () => OnSqs('orders.fifo'), source: 'sqs' },
  SNS: { carry: (content) => events.sns('orders', [content]), On: OnSns, source: 'sns' },
  ActiveMQ: { carry: (content) => events.activeMq('orders', [content]), On: OnMq, source: 'mq' },
  RabbitMQ: { carry: (content) => events.rabbitMq('orders', [content]), On: OnMq, source: 'mq' },
  Kafka: { carry: (content) => events.kafka('orders', [content]), On: OnKafka, source: 'kafka' },
  Kinesis: { carry: (content) => events.kinesis('orders', [content]), On: OnKinesis, source: 'kinesis' },
  DynamoDB: { carry: (content) => events.dynamoDb('orders', [{ keys: { id: '1' }, newImage: content as Record<string, unknown> }]), On: OnDynamoDb, source: 'dynamodb' },
  EventBridge: { carry: (detail) => events.eventBridge({ source: 'orders', detailType: 'Placed', detail }), On: () => OnEventBridge({ source: 'orders' }), source: 'eventbridge' },
};

/** As it is, as a topic's notification, as a message's text in a message, and as text of text. */
const DEPTHS: Readonly<Record<string, (forged: object) => unknown>> = {
  'as it is': (forged) => forged,
  'in an envelope of SNS': (forged) => JSON.parse(events.snsEnvelope('admin', forged)) as unknown,
  'in a message of SQS': (forged) => events.sqs('admin', [forged]),
  'in an envelope in a message of SQS': (forged) => events.sqs('admin', [events.snsEnvelope('admin', forged)]),
  'in an event of a bus': (forged) => events.eventBridge({ source: 'shop', detailType: 'Paid', detail: forged }),
};

/** Everything that a message must not reach: routes, and a consumer of everything for each source but the one that delivers. */
function bystanders(source: string): { controllers: Constructor[]; providers: Constructor[] } {
  @Controller()
  class Routes {
    @All('*path')
    any(): void {
      reached.push(['routes', undefined]);
    }
  }
  const others: Record<string, MethodDecorator> = {
    sqs: OnSqs('admin'),
    sns: OnSns('admin'),
    mq: OnMq('admin'),
    kafka: OnKafka('admin'),
    kinesis: OnKinesis('admin'),
    dynamodb: OnDynamoDb('admin'),
    eventbridge: OnEventBridge({ source: 'shop' }),
    schedule: OnSchedule(),
    s3: OnS3(),
    websocket: OnWebSocket('admin'),
    authorizer: OnAuthorize(),
    event: OnEvent((event) => Object(event).action === 'direct'),
  };
  const taking = Object.entries(others).map(([name, decorate]) => consumer(name, decorate));
  const ofAll = Object.entries({ sqs: OnSqs(), sns: OnSns(), mq: OnMq(), kafka: OnKafka(), kinesis: OnKinesis(), dynamodb: OnDynamoDb() });
  const unnamed = ofAll.filter(([name]) => name !== source).map(([name, decorate]) => consumer(`every ${name}`, decorate));
  class Resources {
    @OnEvent(isCustomResource)
    change(@Body() event: unknown): void {
      reached.push(['custom resource', event]);
    }
  }
  return { controllers: [Routes], providers: [...taking, ...unnamed, Resources] };
}

function consumer(name: string, decorate: MethodDecorator): Constructor {
  class Consumer {
    take(@Body() body: unknown): void {
      reached.push([name, body]);
    }
  }
  decorate(Consumer.prototype, 'take', Object.getOwnPropertyDescriptor(Consumer.prototype, 'take')!);
  return Consumer;
}

const cases = Object.keys(CARRIERS).flatMap((carrier) => Object.keys(DEPTHS).map((depth) => [carrier, depth] as const));

describe.each(cases)('whatever is in a message of %s, %s', (carrierName, depthName) => {
  const { carry, On, source } = CARRIERS[carrierName]!;
  const forged = Object.entries(FORGED).map(([name, make]) => [name, () => JSON.parse(JSON.stringify(carry(DEPTHS[depthName]!(make())))) as object] as const);

  it('reaches the declared consumer, and nothing else', async () => {
    const { controllers, providers } = bystanders(source);
    const app = createApp({ controllers, providers: [...providers, consumer('declared', On('orders'))] }, quiet);
    for (const [name, event] of forged) {
      reached = [];
      await app.handler(event(), fakeContext());
      expect([name, reached.map(([who]) => who)]).toEqual([name, ['declared']]);
    }
  });

  it('is a failed record where nothing is declared for it, and reaches nothing', async () => {
    const app = createApp(bystanders(source), quiet);
    for (const [name, event] of forged) {
      const [settled] = await Promise.allSettled([app.handler(event(), fakeContext())]);
      expect([name, reached, isFailure(settled)]).toEqual([name, [], true]);
    }
  });
});

const declarations: Readonly<Record<string, MethodDecorator>> = {
  s3: OnS3({ bucket: 'uploads', via: { sqs: 'orders' } }),
  sns: OnSns('placed', { via: { sqs: 'orders' } }),
  eventbridge: OnEventBridge({ source: 'other', via: { sqs: 'orders' } }),
  schedule: OnSchedule('monthly', { via: { sqs: 'orders' } }),
  's3 in sns': OnS3({ bucket: 'uploads', via: { sns: 'placed', sqs: 'orders' } }),
};

describe.each(Object.entries(declarations))('a queue that is declared to carry %s', (kind, declaration) => {
  it('carries nothing else, whatever is in its messages', async () => {
    const { controllers, providers } = bystanders('none');
    const app = createApp({ controllers, providers: [...providers, consumer('declared', declaration)] }, quiet);
    for (const [name, make] of Object.entries(FORGED)) {
      for (const [depth, wrap] of Object.entries(DEPTHS)) {
        reached = [];
        const result = await app.handler(JSON.parse(JSON.stringify(events.sqs('orders', [wrap(make())]))), fakeContext());
        const fits = kind === 's3' && depth === 'as it is' && name.startsWith('a notification of S3');
        expect([name, depth, reached.map(([who]) => who), isFailure({ status: 'fulfilled', value: result })]).toEqual([name, depth, fits ? ['declared'] : [], !fits]);
      }
    }
  });
});

describe('a queue whose messages are declared to be requests', () => {
  it('carries nothing else', async () => {
    const { controllers, providers } = bystanders('none');
    const app = createApp({ controllers, providers }, { ...quiet, requestsVia: { sqs: ['orders'] } });
    for (const [name, make] of Object.entries(FORGED)) {
      for (const [depth, wrap] of Object.entries(DEPTHS)) {
        reached = [];
        const result = await app.handler(JSON.parse(JSON.stringify(events.sqs('orders', [wrap(make())]))), fakeContext());
        const fits = depth === 'as it is' && /request (of|context)|least of a request/.test(name);
        expect([name, depth, reached.map(([who]) => who), isFailure({ status: 'fulfilled', value: result })]).toEqual([name, depth, fits ? ['routes'] : [], !fits]);
      }
    }
  });
});

/** A rejected invocation, or an answer that names failed records. */
function isFailure(settled: PromiseSettledResult<unknown>): boolean {
  if (settled.status === 'rejected') return true;
  const { batchItemFailures } = settled.value as { batchItemFailures: unknown[] };
  return batchItemFailures.length > 0;
}
