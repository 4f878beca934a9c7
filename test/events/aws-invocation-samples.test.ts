import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OnEvent } from '../../src/decorators/consumers.js';
import { detectHttpAdapter } from '../../src/events/detection/all-http-adapters.js';
import { detectRecordAdapters } from '../../src/events/detection/record-adapters.js';
import { isS3BatchTask } from '../../src/events/s3-batch.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { consumerApp } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';

interface Entry {
  file: string;
  kind: string;
}

const folder = join(__dirname, '../../../shared/events');
const present = existsSync(join(folder, 'INDEX.json'));
const entries = (present ? JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) : []) as Entry[];
const read = ({ file }: Entry): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const ofKind = (...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind));

/** What the sources that take an event make of it. */
function decoded(event: unknown) {
  return detectRecordAdapters(event).map((adapter) => {
    const records = adapter.decode(event);
    return {
      source: adapter.source,
      attributes: records.map(({ attributes }) => attributes),
      contents: records.map((record) => record.content()),
    };
  });
}

const scheduled = ['aws-sam-cli/cloudwatch-scheduled-event.json', 'aws-lambda-java-libs/cloudwatch_event.json'];

(present ? describe : describe.skip)("AWS's sample events (skipped where ../shared/events is absent)", () => {
  it('of EventBridge carry their detail', () => {
    const samples = ofKind('eventbridge');
    expect(samples.length).toBeGreaterThan(15);
    for (const entry of samples) {
      const event = read(entry) as { source: string; 'detail-type': string; detail: unknown };
      const bus = {
        source: 'eventbridge',
        attributes: [{ source: event.source, detailType: event['detail-type'] }],
        contents: [event.detail],
      };
      expect([entry.file, decoded(event).at(-1)]).toEqual([entry.file, bus]);
    }
  });

  it('of schedules are told from the others, with the name of their rule', () => {
    const schedules = entries.filter((entry) => decoded(read(entry))[0]?.source === 'schedule');
    expect(schedules.map(({ file }) => file)).toEqual(scheduled);
    expect(schedules.map((entry) => decoded(read(entry))[0]?.attributes)).toEqual([
      [{ rule: 'ExampleRule' }],
      [{ rule: 'demoschedule' }],
    ]);
  });

  it('of S3 carry bucket, event and decoded key', () => {
    const samples = ofKind('s3');
    expect(samples.length).toBeGreaterThan(7);
    for (const entry of samples) {
      const event = read(entry) as {
        Records: {
          eventName: string;
          s3: { bucket: { name: string }; object: { key: string; urlDecodedKey?: string } };
        }[];
      };
      const {
        eventName,
        s3: { bucket, object },
      } = event.Records[0]!;
      const name = eventName.replace('s3:', '');
      const key = object.urlDecodedKey ?? decodeURIComponent(object.key);
      expect([entry.file, decoded(event)]).toMatchObject([
        entry.file,
        [
          {
            source: 's3',
            attributes: [{ bucket: bucket.name, event: name }],
            contents: [{ bucket: bucket.name, key, eventName: name }],
          },
        ],
      ]);
    }
  });

  it('of authorizers, also those of AppSync, are questions and nothing else', () => {
    const samples = [
      ...ofKind('authorizer-token', 'authorizer-request', 'authorizer-v2'),
      ...ofKind('appsync').filter(({ file }) => file.includes('auth')),
    ];
    expect(samples.length).toBeGreaterThan(6);
    for (const entry of samples) {
      const event = read(entry);
      expect([entry.file, decoded(event)]).toEqual([
        entry.file,
        [{ source: 'authorizer', attributes: [{}], contents: [event] }],
      ]);
    }
  });

  it('of WebSocket APIs are messages of their route', () => {
    const samples = ofKind('websocket');
    expect(samples.length).toBeGreaterThan(2);
    for (const entry of samples) {
      const { requestContext } = read(entry) as { requestContext: { routeKey: string } };
      expect([entry.file, decoded(read(entry))]).toMatchObject([
        entry.file,
        [{ source: 'websocket', attributes: [{ route: requestContext.routeKey }] }],
      ]);
    }
  });

  it('that no source has the shape of reach @OnEvent as they are', async () => {
    captureStdout();
    const others = entries.filter(
      (entry) => detectRecordAdapters(read(entry)).length === 0 && !detectHttpAdapter(read(entry)),
    );
    const app = consumerApp(
      OnEvent(() => true),
      (body) => body,
    );
    // Its results are in a format of their own.
    const plain = others.filter((entry) => !isS3BatchTask()(read(entry)));
    expect(plain.length).toBeGreaterThan(80);
    for (const entry of plain) {
      const event = read(entry);
      expect([entry.file, await app.handler(event, fakeContext())]).toEqual([entry.file, event]);
    }
    jest.restoreAllMocks();
  });

  it('have the shape of one source each, but for schedules', () => {
    const several = entries.filter((entry) => {
      const event = read(entry);
      return detectRecordAdapters(event).length + (detectHttpAdapter(event) ? 1 : 0) > 1;
    });
    expect(several.map(({ file }) => file)).toEqual(scheduled);
  });
});

describe('built events', () => {
  const { alarm, eventBridge, schedule, s3, s3EventBridge, webSocket } = events;
  const { authorizerToken, authorizerRequest, authorizerV2, authorizerAppSync } = events;
  const authorizers = { authorizerToken, authorizerRequest, authorizerV2, authorizerAppSync };
  it.each(
    Object.entries({ ...httpEvents, alarm, eventBridge, schedule, s3, s3EventBridge, webSocket, ...authorizers }),
  )('%s have the shape of one source, but for what comes through EventBridge', (name, build) => {
    const event: unknown = JSON.parse(JSON.stringify((build as () => unknown)()));
    const sources = detectRecordAdapters(event).map(({ source }) => source);
    const http = detectHttpAdapter(event)?.source;
    const narrower = { schedule: ['schedule', 'eventbridge'], s3EventBridge: ['s3', 'eventbridge'] }[name];
    if (narrower) expect(sources).toEqual(narrower);
    else expect([...sources, ...(http === undefined ? [] : [http])]).toHaveLength(1);
  });
});
