import { IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import {
  type ConsumerOptions,
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
import { Body, Event, Record as RawRecord } from '../../src/decorators/parameters.js';
import { Controller } from '../../src/decorators/routes.js';
import { isAppSyncBatch, isAppSyncResolver } from '../../src/events/appsync.js';
import { decodeCloudWatchLogs, isCloudWatchLogs } from '../../src/events/cloudwatch-logs.js';
import { isCognitoTrigger } from '../../src/events/cognito.js';
import { respondToCustomResource } from '../../src/events/custom-resource.js';
import { isCustomResource } from '../../src/events/custom-resource/is-custom-resource.js';
import { isIotAuthorizer } from '../../src/events/iot-authorizer.js';
import { kafkaHeaders, kafkaKey } from '../../src/events/kafka.js';
import { isS3BatchTask, type S3BatchTask } from '../../src/events/s3-batch.js';
import { isSes } from '../../src/events/ses.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';

class Numbered {
  @IsInt() n!: number;
}

class Change {
  @IsOptional() @IsString() eventName?: string;
  @IsOptional() @IsObject() keys?: object;
  @IsOptional() @IsObject() newImage?: object;
}

const CONTENTS = [{ n: 0 }, { n: 1 }] as const;

/** A source of batches: its events, who takes them, and where its records are. */
export interface BatchSource {
  readonly event: () => object;
  readonly on: (options?: ConsumerOptions) => MethodDecorator;
  readonly onNamed: MethodDecorator;
  readonly content: Constructor;
  /** How many records the event has. */
  readonly count: number;
  /** The lists of raw records in an event with their keys, whatever stands in their places. */
  readonly listsIn: (event: Members) => [list: unknown, key: string][];
  /** What the source calls a record; `undefined` where it is told of no single ones. */
  readonly identifierOf?: (raw: Members, key: string) => unknown;
  /** Whether a failure stands for all that come after it. */
  readonly ordered?: boolean;
}

export type Members = Readonly<Record<string, unknown>>;

const memberOf = (value: unknown, name: string): unknown => (Object(value) as Members)[name];

function window(event: object, service: string, name: string): object {
  return {
    ...event,
    shardId: 'shardId-000000000006',
    eventSourceARN: `arn:aws:${service}:us-east-1:123456789012:${name}`,
    window: { start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:02:00Z' },
    state: { clicks: 1 },
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  };
}

const changes = CONTENTS.map(({ n }) => ({
  keys: { n },
  newImage: { n, name: 'é', tags: new Set(['a']), list: [1, { deep: Buffer.from([1]) }] },
  oldImage: { n: n - 1 },
}));
const headers = [{ trace: [118, -36] }, { other: [] }] as never;

const records = (event: Members): [unknown, string][] => [[event['Records'], '']];
const byKey = (lists: unknown): [unknown, string][] =>
  Object.entries(Object(lists) as object).map(([key, list]) => [list, key]);
const sqs = {
  on: (options?: ConsumerOptions) => OnSqs(undefined, options),
  content: Numbered,
  count: 2,
  listsIn: records,
  identifierOf: (raw: Members) => raw['messageId'],
};
const kinesis = {
  on: (options?: ConsumerOptions) => OnKinesis(undefined, options),
  onNamed: OnKinesis('clicks'),
  content: Numbered,
  count: 2,
  listsIn: records,
  identifierOf: (raw: Members) => memberOf(raw['kinesis'], 'sequenceNumber'),
  ordered: true,
};
const dynamoDb = {
  on: (options?: ConsumerOptions) => OnDynamoDb(undefined, options),
  onNamed: OnDynamoDb('orders'),
  content: Change,
  count: 2,
  listsIn: records,
  identifierOf: (raw: Members) => memberOf(raw['dynamodb'], 'SequenceNumber'),
  ordered: true,
};

export const BATCH_SOURCES: Readonly<Record<string, BatchSource>> = {
  sqs: { ...sqs, event: () => events.sqs('orders', CONTENTS), onNamed: OnSqs('orders') },
  'sqs (FIFO)': {
    ...sqs,
    event: () => events.sqs('orders.fifo', CONTENTS),
    onNamed: OnSqs('orders.fifo'),
    ordered: true,
  },
  sns: {
    event: () => events.sns('placed', CONTENTS),
    on: (options) => OnSns(undefined, options),
    onNamed: OnSns('placed'),
    content: Numbered,
    count: 2,
    listsIn: records,
  },
  activeMq: {
    event: () => events.activeMq('orders', CONTENTS),
    on: (options) => OnMq(undefined, options),
    onNamed: OnMq('orders'),
    content: Numbered,
    count: 2,
    listsIn: (event) => [[event['messages'], '']],
  },
  rabbitMq: {
    event: () => events.rabbitMq('orders', CONTENTS),
    on: (options) => OnMq(undefined, options),
    onNamed: OnMq('orders'),
    content: Numbered,
    count: 2,
    listsIn: (event) => byKey(event['rmqMessagesByQueue']),
  },
  kinesis: { ...kinesis, event: () => events.kinesis('clicks', CONTENTS) },
  'kinesis (window)': {
    ...kinesis,
    event: () => window(events.kinesis('clicks', CONTENTS), 'kinesis', 'stream/clicks'),
  },
  dynamoDb: { ...dynamoDb, event: () => events.dynamoDb('orders', changes) },
  'dynamoDb (window)': {
    ...dynamoDb,
    event: () => window(events.dynamoDb('orders', changes), 'dynamodb', 'table/orders/stream/1'),
  },
  kafka: {
    event: () =>
      events.kafka('clicks', [...CONTENTS, { n: 2 }], (index) => ({ partition: index === 2 ? 1 : 0, headers })),
    on: (options) => OnKafka(undefined, options),
    onNamed: OnKafka('clicks'),
    content: Numbered,
    count: 3,
    listsIn: (event) => byKey(event['records']),
    identifierOf: ({ offset }, partition) => ({ partition, offset }),
    ordered: true,
  },
};

/** What consumers were handed, as it was delivered. */
export const handed: unknown[] = [];

/** One way to take the records of a source, by name. */
export const CONSUMERS: Readonly<Record<string, (source: BatchSource) => Constructor>> = {
  'a consumer of checked bodies': ({ onNamed, content }) => {
    class Checked {
      @onNamed take(@Body(content as never) _body: unknown, @RawRecord() raw: unknown) {
        handed.push(raw);
      }
    }
    return Checked;
  },
  'a consumer of raw records': ({ on }) => {
    class Raw {
      @on() take(@RawRecord() raw: Members) {
        if ('headers' in raw) kafkaHeaders(raw as never);
        if ('key' in raw) kafkaKey(raw as never);
        handed.push(raw);
      }
    }
    return Raw;
  },
  'a consumer of bytes': ({ on }) => {
    class Bytes {
      @on() take(@Body() _bytes: Buffer, @RawRecord() raw: unknown) {
        handed.push(raw);
      }
    }
    return Bytes;
  },
  'a consumer of batches': ({ on }) => {
    class Batches {
      @on({ batch: true }) take(@Body() _bodies: unknown[], @RawRecord() raws: unknown[]) {
        handed.push(...raws);
      }
    }
    return Batches;
  },
  'a consumer of batches of raw records': ({ on }) => {
    class RawBatches {
      @on({ batch: true }) take(@RawRecord() raws: unknown[]) {
        handed.push(...raws);
      }
    }
    return RawBatches;
  },
};

/** Sources that send one thing at a time. */
export const INVOCATIONS: Readonly<Record<string, () => unknown>> = {
  eventBridge: () => events.eventBridge({ detail: { n: 1 }, resources: ['arn:aws:x'] }),
  schedule: () => events.schedule({ rule: 'nightly' } as never),
  alarm: () => events.alarm({ state: 'OK' }),
  firehose: () => events.firehose('clicks', CONTENTS),
  s3: () => events.s3({ key: 'a b' }, { key: 'c' }),
  's3 (bus)': () => events.s3EventBridge({ key: 'a' }),
  'webSocket $connect': () => events.webSocket({ route: '$connect', headers: { a: 'b' }, query: { token: 't' } }),
  'webSocket message': () => events.webSocket({ route: 'move', body: { n: 1 } }),
  authorizerToken: () => events.authorizerToken(),
  authorizerRequest: () => events.authorizerRequest({ url: '/a?b=c', headers: { Authorization: 'x' } }),
  authorizerV2: () => events.authorizerV2({ url: '/a?b=c', headers: { Authorization: 'x' } }),
  authorizerAppSync: () => events.authorizerAppSync(),
  cognito: () => events.cognito('PreSignUp'),
  'cognito (tokens)': () => events.cognito('TokenGeneration'),
  appSync: () => events.appSync('Query', 'order', { arguments: { id: 'o1' } }),
  'appSync (batch)': () => [events.appSync('Order', 'lines'), events.appSync('Order', 'lines')],
  cloudWatchLogs: () => events.cloudWatchLogs(),
  ses: () => events.ses(),
  s3Batch: () => events.s3Batch({ key: 'a b' }),
  's3Batch (2.0)': () => events.s3Batch({ key: 'a', versionId: '1', userArguments: { size: '1' } }),
  'customResource Create': () => events.customResource('Create', { properties: { name: 'x' } }),
  'customResource Update': () => events.customResource('Update', { properties: { name: 'x' } }),
  iotAuthorizer: () => events.iotAuthorizer({ token: 't' } as never),
};

@Controller()
export class Invoked {
  @OnEventBridge() bus(@Body() _detail: Numbered) {}
  @OnSchedule() schedule() {}
  @OnAlarm() alarm(@Body() _alarm: unknown) {}
  @OnFirehose() transform(@Body() content: unknown, @RawRecord() _raw: unknown) {
    return [content];
  }
  @OnS3() s3(@Body() _notification: unknown) {}
  @OnWebSocket('$connect') connect(@Event() _event: unknown) {}
  @OnWebSocket('move') move(_body: Numbered) {
    return { ok: true };
  }
  @OnAuthorize() authorize(@Event() _event: unknown) {
    return true;
  }
  @OnEvent(isCognitoTrigger()) cognito(@Event() event: unknown) {
    return event;
  }
  @OnEvent(isAppSyncResolver()) resolve() {
    return 1;
  }
  @OnEvent(isAppSyncBatch()) resolveAll(@Event() all: unknown[]) {
    return all.map(() => 1);
  }
  @OnEvent(isCloudWatchLogs) async logs(@Event() event: never) {
    await decodeCloudWatchLogs(event);
  }
  @OnEvent(isSes) mail() {
    return { disposition: 'CONTINUE' };
  }
  @OnEvent(isS3BatchTask()) resize(@Body() { key }: S3BatchTask) {
    return key;
  }
  @OnEvent(isCustomResource) async custom(@Event() event: never) {
    await respondToCustomResource(event, () => ({}));
  }
  @OnEvent(isIotAuthorizer) iot() {
    return { isAuthenticated: false };
  }
}
