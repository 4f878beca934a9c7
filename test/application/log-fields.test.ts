import type { LogFields } from '../../src/contracts/logger.js';
import { OnS3 } from '../../src/decorators/consumers.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';
import { RECORD_SOURCES } from './record-sources.js';

afterEach(() => jest.restoreAllMocks());

/** What a line says only when the event has ended. */
const LATER = ['level', 'status_code', 'status', 'execution_time', 'error_detail', 'date'];

function without(line: LogFields, names: readonly string[]): LogFields {
  return Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)));
}

async function below(): Promise<LogFields> {
  await new Promise((done) => setImmediate(done));
  return getLogger().fields;
}

function controllerOf(read: () => unknown) {
  @Controller('orders')
  class Orders {
    @Get(':id')
    find(): unknown {
      return read();
    }
  }
  return Orders;
}

function writeFields(): unknown {
  const fields = getLogger().fields as LogFields;
  for (const name of Object.keys(fields)) expect(() => (fields[name] = 'forged')).toThrow(TypeError);
  expect(() => (fields['tenant'] = 'forged')).toThrow(TypeError);
  expect(() => delete fields['path']).toThrow(TypeError);
  return getLogger().fields['path'];
}

describe.each(SOURCES)('the fields of a request from %s', (source) => {
  const event = httpEvents[source]({ url: '/orders/7?x=1', headers: { 'user-agent': 'curl/8', 'x-request-id': 'r1' } });

  it('are those of its line, as far as they are known, and what was added', async () => {
    const stdout = captureStdout();
    let seen: LogFields = {};
    const app = appOf(
      controllerOf(async () => {
        getLogger().set({ tenant: 'a', path: 'forged', type: 'record' });
        seen = await below();
      }),
      { accessLog: { clientIp: true } },
    );
    await app.handler(event, fakeContext());
    const [line] = stdout.lines();
    expect(seen).toMatchObject({
      type: 'access',
      id: 'r1',
      method: 'GET',
      path: '/orders/7',
      route: '/orders/:id',
      client_user_agent: 'curl/8',
      tenant: 'a',
      path_: 'forged',
      type_: 'record',
    });
    expect(without(seen, LATER)).toEqual(without(line!, LATER));
  });

  it('can be read without an access log', async () => {
    let seen: LogFields = {};
    await appOf(
      controllerOf(async () => (seen = await below())),
      { accessLog: false },
    ).handler(event, fakeContext());
    expect(seen).toMatchObject({
      type: 'access',
      id: 'r1',
      method: 'GET',
      path: '/orders/7',
      route: '/orders/:id',
      client_user_agent: 'curl/8',
    });
  });

  it('can not be written', async () => {
    const stdout = captureStdout();
    await appOf(controllerOf(writeFields)).handler(event, fakeContext());
    expect(JSON.stringify(stdout.lines())).not.toContain('forged');
  });
});

describe.each(Object.entries(RECORD_SOURCES))('the fields of a record from %s', (_, source) => {
  it('are those of its line, Lambda’s request id among them, and can not be written', async () => {
    const stdout = captureStdout();
    const seen: LogFields[] = [];
    class Consumer {
      @source.On()
      async handle(): Promise<void> {
        getLogger().set({ tenant: 'a', consumer: 'forged' });
        const fields = (await below()) as LogFields;
        expect(() => (fields['id'] = 'forged')).toThrow(TypeError);
        seen.push(fields);
      }
    }
    const context = fakeContext();
    await createApp({ providers: [Consumer] }).handler(source.event([{ n: 0 }]), context);
    const lines = stdout.lines().filter(({ type }) => type === 'record');
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      type: 'record',
      request_id: context.awsRequestId,
      consumer: 'Consumer.handle',
      tenant: 'a',
      consumer_: 'forged',
    });
    expect(without(seen[0]!, LATER)).toEqual(without(lines[0]!, [...LATER, 'cold_start']));
  });
});

describe('the fields of what came in a message', () => {
  /** Every standard field, and whatever hangs on it. */
  const thawed = (value: unknown): unknown[] =>
    typeof value !== 'object' || value === null
      ? []
      : [...(Object.isFrozen(value) ? [] : [value]), ...Object.values(value).flatMap(thawed)];

  it('can not be written, nor what they hold', async () => {
    captureStdout();
    const seen: LogFields[] = [];
    class Consumer {
      @OnS3({ bucket: 'uploads', via: { sqs: 'uploads' } })
      handle(): void {
        seen.push(getLogger().fields);
      }
    }
    const requests = controllerOf(() => void seen.push(getLogger().fields));
    const app = createApp({ providers: [Consumer], controllers: [requests] }, { requestsVia: { sqs: ['requests'] } });
    await app.handler(events.sqs('uploads', [events.s3({ bucket: 'uploads' })]), fakeContext());
    await app.handler(events.sqs('requests', [httpEvents.apiGatewayV2({ url: '/orders/7' })]), fakeContext());
    expect(seen).toMatchObject([{ via: { sqs: 'uploads' } }, { via: { sqs: 'requests' } }]);
    expect(seen.flatMap(thawed)).toEqual([]);
  });
});

it('are none outside of an event', () => {
  expect(getLogger().fields).toEqual({});
});
