import { BootstrapError } from '../../errors/bootstrap-error.js';
import { ALARM_STATES, type AlarmSample, sampleAlarm } from '../../samples/alarm.js';
import {
  sampleAppSyncAuthorizer,
  sampleAuthorizerV2,
  sampleRequestAuthorizer,
  sampleTokenAuthorizer,
} from '../../samples/authorizer.js';
import { sampleDynamoDb } from '../../samples/dynamodb.js';
import { sampleEventBridge, sampleSchedule } from '../../samples/eventbridge.js';
import { sampleFirehose } from '../../samples/firehose.js';
import { sampleKafka } from '../../samples/kafka.js';
import { sampleKinesis } from '../../samples/kinesis.js';
import { sampleLatticeV1, sampleLatticeV2 } from '../../samples/lattice.js';
import { sampleActiveMq, sampleRabbitMq } from '../../samples/mq.js';
import type { RequestSample } from '../../samples/request.js';
import { sampleS3, sampleS3OnBus } from '../../samples/s3.js';
import { sampleSns, sampleSnsEnvelope } from '../../samples/sns.js';
import { sampleSqs } from '../../samples/sqs.js';
import { sampleWebSocket } from '../../samples/websocket.js';
import { SOURCES } from '../doors/sources.js';
import type { FlagName, SampleFlags } from './sample-flags.js';

/** A source whose sample event can be changed by flags. */
export interface SampleSource {
  readonly flags: readonly FlagName[];
  /** The flag whose value may follow the source without it: the name of the queue, of the schedule and so on. */
  readonly named?: FlagName;
  /** @throws BootstrapError when the value of a flag is wrong. */
  make(flags: SampleFlags): object;
}

/** Every source with a sample event, by its name on the command line. */
export const SAMPLE_SOURCES: Readonly<Record<string, SampleSource>> = {
  sqs: records('queue', sampleSqs),
  sns: records('topic', sampleSns),
  'sns-in-sqs': {
    flags: ['queue', 'topic', 'body'],
    make: (flags) =>
      sampleSqs(
        nameIn(flags, 'queue'),
        contentsIn(flags).map((body) => sampleSnsEnvelope(nameIn(flags, 'topic'), body)),
      ),
  },
  'active-mq': records('queue', sampleActiveMq),
  'rabbit-mq': records('queue', sampleRabbitMq),
  kinesis: records('stream', sampleKinesis),
  firehose: records('stream', sampleFirehose),
  dynamodb: { flags: ['table', 'keys', 'new-image', 'old-image'], named: 'table', make: makeDynamoDb },
  kafka: records('topic', sampleKafka),
  eventbridge: {
    flags: ['source', 'detail-type', 'detail'],
    make: (flags) =>
      sampleEventBridge({
        ...texts(flags, { source: 'source', detailType: 'detail-type' }),
        detail: flags.json('detail') ?? {},
      }),
  },
  schedule: {
    flags: ['rule', 'time', 'detail'],
    named: 'rule',
    make: (flags) => sampleSchedule({ ...texts(flags, { rule: 'rule', time: 'time' }), input: flags.json('detail') }),
  },
  alarm: {
    flags: ['alarm', 'state'],
    named: 'alarm',
    make: (flags) => sampleAlarm({ ...texts(flags, { name: 'alarm' }), ...stateIn(flags) }),
  },
  s3: {
    flags: ['bucket', 'key', 'event'],
    named: 'bucket',
    make: (flags) => sampleS3(texts(flags, { bucket: 'bucket', key: 'key', event: 'event' })),
  },
  's3-eventbridge': {
    flags: ['bucket', 'key'],
    named: 'bucket',
    make: (flags) => sampleS3OnBus(texts(flags, { bucket: 'bucket', key: 'key' })),
  },
  websocket: {
    flags: ['route', 'connection', 'body'],
    named: 'route',
    make: (flags) => sampleWebSocket(texts(flags, { route: 'route', connectionId: 'connection', body: 'body' })),
  },
  'authorizer-token': {
    flags: ['token', 'method', 'path'],
    make: (flags) => sampleTokenAuthorizer(texts(flags, { token: 'token', method: 'method', path: 'path' })),
  },
  'authorizer-request': requests(sampleRequestAuthorizer),
  'authorizer-v2': requests(sampleAuthorizerV2),
  'authorizer-appsync': {
    flags: ['token'],
    make: (flags) => sampleAppSyncAuthorizer(texts(flags, { token: 'token' })),
  },
  ...Object.fromEntries(Object.entries(SOURCES).map(([name, { sample }]) => [name, requests(sample)])),
  'lattice-v1': requests(sampleLatticeV1),
  'lattice-v2': requests(sampleLatticeV2),
};

/** Returns a source of records from a named queue, topic or stream. */
function records(flag: FlagName, sample: (name: string, contents: readonly string[]) => object): SampleSource {
  return { flags: [flag, 'body'], named: flag, make: (flags) => sample(nameIn(flags, flag), contentsIn(flags)) };
}

function nameIn(flags: SampleFlags, flag: FlagName): string {
  return flags.text(flag) ?? 'orders';
}

function contentsIn(flags: SampleFlags): readonly string[] {
  const bodies = flags.list('body');
  return bodies.length > 0 ? bodies : ['{"id":"sample"}'];
}

/** Returns the given flags under the names that the sample uses for them. */
function texts<K extends string>(flags: SampleFlags, names: Readonly<Record<K, FlagName>>): Partial<Record<K, string>> {
  const entries = (Object.entries(names) as [K, FlagName][]).map(([name, flag]) => [name, flags.text(flag)] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined)) as Partial<Record<K, string>>;
}

/** @throws BootstrapError when no alarm has such a state. */
function stateIn(flags: SampleFlags): Pick<AlarmSample, 'state'> {
  const given = flags.text('state');
  if (given === undefined) return {};
  const state = ALARM_STATES.find((one) => one === given);
  if (state) return { state };
  throw new BootstrapError(`--state takes ${ALARM_STATES.join(', ')}, not "${given}".`);
}

function makeDynamoDb(flags: SampleFlags): object {
  const [keys, newImage, oldImage] = [flags.object('keys'), flags.object('new-image'), flags.object('old-image')];
  const sample = { keys: { id: 'sample' }, newImage: { id: 'sample' } };
  const change = { ...(keys && { keys }), ...(newImage && { newImage }), ...(oldImage && { oldImage }) };
  return sampleDynamoDb(nameIn(flags, 'table'), [Object.keys(change).length > 0 ? change : sample]);
}

function requests(sample: (request: RequestSample) => object): SampleSource {
  return { flags: ['method', 'path', 'header', 'body'], make: (flags) => sample(requestIn(flags)) };
}

/** Returns the sample request. A body is JSON unless a header sets another content type. */
function requestIn(flags: SampleFlags): RequestSample {
  const headers = Object.fromEntries(flags.list('header').map(readHeader));
  const body = flags.text('body');
  const typed = body === undefined || Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    method: flags.text('method') ?? 'GET',
    url: flags.text('path') ?? '/',
    headers: typed ? headers : { ...headers, 'Content-Type': 'application/json' },
    body: body ?? null,
  };
}

function readHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon < 1) throw new BootstrapError(`--header takes a line such as "name: value", not "${line}".`);
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
