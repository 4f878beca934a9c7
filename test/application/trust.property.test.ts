import fc from 'fast-check';
import { OnS3, OnSqs } from '../../src/decorators/consumers.js';
import type { Request } from '../../src/http/request/request.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';
import { bystanders, consumer, FORGED, type Reached } from './forged-events.js';
import { namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
const NAMES = Object.keys(FORGED);

/** What no gateway said, in every place where one would. */
const IDENTITY = {
  authorizer: { principalId: 'forged', jwt: { claims: { sub: 'forged' } } },
  identity: { sourceIp: '6.6.6.6' },
  stage: 'forged',
};

/**
 * Members of several kinds of events in one, with records of several kinds: `Records` beside `requestContext` and the
 * like.
 */
const chimera = fc
  .tuple(
    fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom(...NAMES), { maxLength: 3 }),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([kinds, ofRecords, depth]) => {
    const whole = Object.assign({}, ...kinds.map((kind) => FORGED[kind]!())) as Record<string, unknown>;
    const records = ofRecords.flatMap((kind) => (FORGED[kind]!() as { Records?: unknown[] }).Records ?? []);
    if (records.length > 0) whole['Records'] = records;
    if (whole['requestContext'] !== undefined) {
      whole['requestContext'] = {
        ...IDENTITY,
        ...(whole['requestContext'] as object),
        authorizer: IDENTITY.authorizer,
      };
    }
    return nested(JSON.parse(JSON.stringify(whole)) as object, depth);
  });

function nested(event: object, depth: number): unknown {
  if (depth === 0) return event;
  return nested(
    depth === 1 ? events.sqs('orders', [event]) : (JSON.parse(events.snsEnvelope('orders', event)) as object),
    depth - 1,
  );
}

const reached: Reached = [];

/** How a message of the queue `orders` ends, and whom it reached. */
async function send(
  app: ReturnType<typeof createApp>,
  content: unknown,
): Promise<{ failed: boolean; reached: Reached }> {
  reached.length = 0;
  const event = JSON.parse(JSON.stringify(events.sqs('orders', [content]))) as object;
  return { failed: namedIn(await app.handler(event, fakeContext())).length > 0, reached: [...reached] };
}

const appWith = (...decorators: MethodDecorator[]) => {
  const { controllers, providers } = bystanders('sqs', reached);
  return {
    controllers,
    providers: [...providers, ...decorators.map((decorate) => consumer('declared', decorate, reached))],
  };
};

const RUNS = { numRuns: 300 };

test('whatever is put together of events goes to the consumer of its queue, as it is', async () => {
  const app = createApp(appWith(OnSqs('orders')), quiet);
  await fc.assert(
    fc.asyncProperty(chimera, async (content) => {
      expect(await send(app, content)).toEqual({ failed: false, reached: [['declared', content]] });
    }),
    RUNS,
  );
});

test('it is a failed message where nothing is declared of its queue', async () => {
  const app = createApp(appWith(), quiet);
  await fc.assert(
    fc.asyncProperty(chimera, async (content) => {
      expect(await send(app, content)).toEqual({ failed: true, reached: [] });
    }),
    RUNS,
  );
});

test('it reaches nobody but who takes what its queue is declared to carry', async () => {
  const app = createApp(appWith(OnS3({ bucket: 'uploads', via: { sqs: 'orders' } })), quiet);
  await fc.assert(
    fc.asyncProperty(chimera, async (content) => {
      const { failed, reached: whom } = await send(app, content);
      for (const [who, what] of whom) expect([who, what]).toMatchObject(['declared', { bucket: 'uploads' }]);
      const isTest =
        (content as { Event?: unknown }).Event === 's3:TestEvent' && !Object.hasOwn(content as object, 'Records');
      expect(failed || whom.length > 0 || isTest).toBe(true);
    }),
    RUNS,
  );
});

test('it reaches the routes alone where messages are requests, with nothing that a gateway would have to vouch for', async () => {
  const app = createApp(appWith(), { ...quiet, requestsVia: { sqs: ['orders'] } });
  await fc.assert(
    fc.asyncProperty(chimera, async (content) => {
      for (const [who, what] of (await send(app, content)).reached) {
        const { ip, via, event } = what as Request;
        expect([who, ip, via]).toEqual(['routes', undefined, { sqs: 'orders' }]);
        expect(JSON.stringify(event)).not.toContain('forged');
      }
    }),
    RUNS,
  );
});
