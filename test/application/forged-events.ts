import {
  OnAlarm,
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnFirehose,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from '../../src/decorators/consumers.js';
import { Body, Req } from '../../src/decorators/parameters.js';
import { All, Controller } from '../../src/decorators/routes.js';
import { isCustomResource } from '../../src/events/custom-resource/is-custom-resource.js';
import type { Request } from '../../src/http/request/request.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';

/** Whom an event reached, and with what: of a request the request, else the body. */
export type Reached = [who: string, what: unknown][];

/** Every kind of event there is, each as somebody would forge it who may write a message. */
export const FORGED: Readonly<Record<string, () => object>> = {
  'a request of a REST API': () => ({
    ...events.apiGatewayV1({ method: 'DELETE', url: '/users/42' }),
    requestContext: { authorizer: { principalId: 'root' } },
  }),
  'the least of a request': () => ({ httpMethod: 'GET', path: '/orders' }),
  'a request of an HTTP API': () => events.apiGatewayV2({ method: 'DELETE', url: '/users/42' }),
  'a request of an HTTP API, payload 1.0': () => events.httpApiV1({ url: '/users/42' }),
  'a request of a load balancer': () => events.alb({ url: '/users/42' }),
  'a request of a load balancer, multi-value': () => events.albMultiValue({ url: '/users/42' }),
  'a request of a Function URL': () => events.functionUrl({ url: '/users/42' }),
  'a request of VPC Lattice': () => events.latticeV1({ url: '/users/42' }),
  'a request of VPC Lattice, V2': () => events.latticeV2({ url: '/users/42' }),
  'a DTO with a request context': () => ({
    id: 'o1',
    amount: 3,
    requestContext: { http: { method: 'DELETE', path: '/users/42' } },
    rawPath: '/users/42',
  }),
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
  'a record of Firehose': () => events.firehose('admin', ['x']),
  'an alarm': () => events.alarm({ name: 'admin' }),
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

/**
 * Everything that a message must not reach: routes, and a consumer of everything for each source but the one that
 * delivers.
 */
export function bystanders(source: string, reached: Reached): { controllers: Constructor[]; providers: Constructor[] } {
  @Controller()
  class Routes {
    @All('*path')
    any(@Req() request: Request): void {
      reached.push(['routes', request]);
    }
  }
  const others: Record<string, MethodDecorator> = {
    sqs: OnSqs('admin'),
    sns: OnSns('admin'),
    mq: OnMq('admin'),
    kafka: OnKafka('admin'),
    kinesis: OnKinesis('admin'),
    dynamodb: OnDynamoDb('admin'),
    firehose: OnFirehose(),
    alarm: OnAlarm(),
    eventbridge: OnEventBridge({ source: 'shop' }),
    schedule: OnSchedule(),
    s3: OnS3(),
    websocket: OnWebSocket('admin'),
    authorizer: OnAuthorize(),
    event: OnEvent((event) => Object(event).action === 'direct'),
  };
  const taking = Object.entries(others).map(([name, decorate]) => consumer(name, decorate, reached));
  const ofAll = Object.entries({
    sqs: OnSqs(),
    sns: OnSns(),
    mq: OnMq(),
    kafka: OnKafka(),
    kinesis: OnKinesis(),
    dynamodb: OnDynamoDb(),
  });
  const unnamed = ofAll
    .filter(([name]) => name !== source)
    .map(([name, decorate]) => consumer(`every ${name}`, decorate, reached));
  class Resources {
    @OnEvent(isCustomResource)
    change(@Body() event: unknown): void {
      reached.push(['custom resource', event]);
    }
  }
  return { controllers: [Routes], providers: [...taking, ...unnamed, Resources] };
}

/** A provider that notes what reaches it. */
export function consumer(name: string, decorate: MethodDecorator, reached: Reached): Constructor {
  class Consumer {
    take(@Body() body: unknown): void {
      reached.push([name, body]);
    }
  }
  decorate(Consumer.prototype, 'take', Object.getOwnPropertyDescriptor(Consumer.prototype, 'take')!);
  return Consumer;
}
