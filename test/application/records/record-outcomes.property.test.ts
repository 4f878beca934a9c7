import type { SQSRecord } from 'aws-lambda';
import { IsInt, IsString } from 'class-validator';
import fc from 'fast-check';
import type { CanActivate, ExecutionContext } from '../../../src/contracts/pipeline.js';
import type { CallHandler } from '../../../src/contracts/pipeline.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors } from '../../../src/decorators/enhancers.js';
import { Body, Record as Raw, Signal } from '../../../src/decorators/parameters.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { createApp } from '../create-app.js';
import { namedIn } from '../record-sources.js';

const hostile = (): never => {
  throw new Error('Unreadable');
};
const unreadable = () => new Proxy({}, { get: hostile, has: hostile, getPrototypeOf: hostile, ownKeys: hostile });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const thrower = (make: () => unknown) => () => {
  throw make();
};
const circular = () => {
  const one: Record<string, unknown> = {};
  return (one['one'] = one);
};

/** What a method does that succeeds. */
const SUCCESSES: readonly ((raw: SQSRecord) => unknown)[] = [
  () => undefined,
  () => false,
  () => 5n,
  () => Symbol('done'),
  () => new Date(Number.NaN),
  circular,
  () => JSON.parse('{"__proto__":{"statusCode":500}}') as unknown,
  () => Object.create(null) as unknown,
  () => ({ statusCode: 200 }),
  () => ({ batchItemFailures: [] }),
  async () => 5,
  () => new Promise((resolve) => setImmediate(resolve)),
];

/** What a method does that fails. */
const FAILURES: readonly ((raw: SQSRecord) => unknown)[] = [
  ...[
    () => new Error('x'),
    () => undefined,
    () => null,
    () => 'text',
    () => Symbol('x'),
    () => Object.create(null) as unknown,
  ]
    .concat(
      unreadable,
      revoked,
      () => Object.freeze(new Error('x')),
      () => new AggregateError([undefined, 1]),
    )
    .flatMap((make) => [thrower(make), async () => thrower(make)()]),
  () => new Promise((_, reject) => setImmediate(reject)),
  // oxlint-disable-next-line unicorn/no-thenable
  () => ({ then: thrower(() => 5) }),
  () => new Error('returned'),
  () => ({ statusCode: 500 }),
  () => Promise.allSettled([Promise.reject(new Error('x'))]),
  () => [Promise.resolve(1)],
  () => ({
    get batchItemFailures() {
      return hostile();
    },
  }),
  () => ({
    get statusCode() {
      throw undefined;
    },
  }),
  unreadable,
  revoked,
  () => () => undefined,
  ({ messageId }) => ({ batchItemFailures: [{ itemIdentifier: messageId }] }),
  () => ({ batchItemFailures: null }),
];

class Job {
  @IsInt() n!: number;
  @IsInt() act!: number;
  @IsString() outcome!: 'success' | 'failure';
}

/** What happened to the records of one event, by their numbers. */
class Notes {
  readonly all: (readonly [what: 'began' | 'succeeded' | 'failed', n: number])[] = [];

  of(what: string): number[] {
    return this.all.filter(([noted]) => noted === what).map(([, n]) => n);
  }

  /** Does the job, and notes it. */
  run({ n, act, outcome }: Job, raw: SQSRecord): unknown {
    this.all.push(['began', n]);
    const acts = outcome === 'success' ? SUCCESSES : FAILURES;
    const noting = <T>(value: T): T => {
      this.all.push([outcome === 'success' ? 'succeeded' : 'failed', n]);
      return value;
    };
    let result: unknown;
    try {
      result = acts[act % acts.length]!(raw);
    } catch (error) {
      throw noting(error);
    }
    return result instanceof Promise ? result.finally(() => noting(undefined)) : noting(result);
  }
}

class NotForbidden implements CanActivate {
  canActivate({ record }: ExecutionContext) {
    return !JSON.stringify(record.raw).includes('forbidden');
  }
}

class PassOn {
  async intercept(_context: ExecutionContext, next: CallHandler) {
    return next.handle();
  }
}

class Swallow {
  catch() {
    return 'handled';
  }
}

function consumerOf(queue: string, notes: Notes, enhanced: boolean): Constructor {
  class Jobs {
    @OnSqs(queue, { type: 'one' })
    one(@Body(Job) job: Job, @Raw() raw: SQSRecord) {
      return notes.run(job, raw);
    }

    @OnSqs(queue, { type: 'two', concurrency: 2 })
    two(@Body(Job) job: Job, @Raw() raw: SQSRecord, @Signal() _signal: AbortSignal) {
      return notes.run(job, raw);
    }

    @OnSqs(queue, { type: 'many', batch: true })
    async many(@Body(Job) jobs: Job[], @Raw() raws: SQSRecord[]) {
      const failed: { itemIdentifier: string }[] = [];
      for (const [index, { n, outcome }] of jobs.entries()) {
        notes.all.push(['began', n]);
        await new Promise((resolve) => setImmediate(resolve));
        notes.all.push([outcome === 'success' ? 'succeeded' : 'failed', n]);
        if (outcome === 'failure') failed.push({ itemIdentifier: raws[index]!.messageId });
      }
      return { batchItemFailures: failed };
    }
  }
  if (enhanced)
    for (const decorate of [UseGuards(NotForbidden), UseInterceptors(PassOn), UseFilters(Swallow)]) decorate(Jobs);
  return Jobs;
}

const message = fc.record({
  act: fc.nat(100),
  outcome: fc.constantFrom('success', 'success', 'success', 'failure'),
  group: fc.constantFrom('A', 'B', 'C'),
  type: fc.constantFrom('one', 'one', 'two', 'many', 'nobody takes it'),
  form: fc.constantFrom('valid', 'valid', 'valid', 'valid', 'no JSON', 'no job', 'no body', 'forbidden'),
});
type Message = typeof message extends fc.Arbitrary<infer T> ? T : never;

function recordOf({ act, outcome, group, type, form }: Message, n: number, queue: string): object {
  const job = { n: form === 'no job' ? 'x' : n, act, outcome, ...(form === 'forbidden' && { forbidden: true }) };
  const [record] = events.sqs(queue, [form === 'no JSON' ? '{"n": ' : job], { messageId: `m${n}` }).Records;
  return {
    ...record,
    ...(form === 'no body' && { body: null }),
    attributes: { ...record!.attributes, MessageGroupId: group },
    messageAttributes: { type: { dataType: 'String', stringValue: type } },
  };
}

test.each(['jobs', 'jobs.fifo'])('no message of %s is lost, repeated or out of order', async (queue) => {
  const isFifo = queue === 'jobs.fifo';
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { minLength: 1, maxLength: 10 }),
      fc.record({
        invalid: fc.constantFrom('fail', 'drop'),
        concurrency: fc.integer({ min: 1, max: 4 }),
        enhanced: fc.boolean(),
      }),
      async (messages, { invalid, concurrency, enhanced }) => {
        const notes = new Notes();
        const app = createApp(
          { providers: [consumerOf(queue, notes, enhanced)] },
          { accessLog: enhanced && {}, logger: { silent: true }, batch: { invalid, concurrency } },
        );
        const event = { Records: messages.map((one, n) => recordOf(one, n, queue)) };
        const named = namedIn(await app.handler(event, fakeContext()));
        await app.close();
        const failed = messages.map((_, n) => named.includes(`m${n}`));
        expect(named).toHaveLength(failed.filter(Boolean).length);
        const began = notes.of('began');
        expect(new Set(began).size).toBe(began.length);
        const succeeded = new Set(notes.of('succeeded'));
        const ended = new Set<string>();
        for (const [n, { type, form, outcome, group }] of messages.entries()) {
          const isInvalid = form.startsWith('no ');
          const isDropped = isInvalid && invalid === 'drop' && type !== 'nobody takes it';
          const isWrong =
            type === 'nobody takes it' ||
            (isInvalid ? invalid === 'fail' : outcome === 'failure' || (enhanced && form === 'forbidden'));
          // Exactly what has not been done is sent again.
          expect([n, failed[n]]).toEqual([n, !succeeded.has(n) && !(isDropped && !failed[n])]);
          // A batch consumer decides for itself what it does after a failure that it names.
          if (!isFifo || type !== 'many') expect([n, failed[n]]).toEqual([n, isWrong || (isFifo && ended.has(group))]);
          if (failed[n]) ended.add(group);
        }
        if (isFifo)
          for (const group of ['A', 'B', 'C']) {
            const own = notes.all.filter(([, n]) => messages[n]!.group === group).map(([, n]) => n);
            // Each begins and ends before the next one begins.
            expect(own).toEqual(own.toSorted((one, other) => one - other));
          }
      },
    ),
    { numRuns: 150 },
  );
});
