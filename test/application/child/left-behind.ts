import 'reflect-metadata';
import { setImmediate } from 'node:timers/promises';
import { queryObjects } from 'node:v8';
import { IsInt } from 'class-validator';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { getLogger } from '../../../src/logging/logger/current-logger.js';
import { Scope } from '../../../src/shared/provider.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';

// Started by left-behind.test.ts: handles many events, and prints how many objects more there are afterwards. In a process
// of its own: Node counts the objects of its first context alone, and each of Jest's tests has another.
class Order {
  @IsInt() amount!: number;
}

@Injectable({ scope: Scope.REQUEST })
class Work {
  constructor(readonly signal: AbortSignal) {}
  [Symbol.dispose](): void {}
}

@Controller()
class Everything {
  constructor(readonly _work: Work) {}

  @OnSqs('orders')
  @OnSqs('orders.fifo')
  async handle({ amount }: Order, signal: AbortSignal): Promise<void> {
    await setImmediate(undefined, { signal });
    getLogger().set({ amount });
    if (amount % 100 === 99) throw new Error('Poison');
  }

  @OnSqs('batch', { batch: true })
  batch(): void {}

  @Get('orders/:id')
  async get(signal: AbortSignal): Promise<object> {
    await setImmediate(undefined, { signal });
    return { ok: true };
  }

  @Get('at-once')
  atOnce(): object {
    return { ok: true };
  }
}

@Module({ controllers: [Everything], providers: [Work] })
class Root {}

/**
 * Objects, functions included, that are still alive when what nobody holds has been collected. Takes a second or two.
 */
async function objects(): Promise<number> {
  // What has just ended may hold something until timers and I/O have had their turn, and signals until they are told of the collection.
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await setImmediate();
  }
  return queryObjects(Object, { format: 'count' });
}

const messages = (queue: string): object =>
  events.sqs(
    queue,
    Array.from({ length: 1000 }, (_, amount) => ({ amount })),
  );

/** Each holds, or is, a thousand of what must leave nothing behind. */
const rounds: Readonly<Record<string, readonly object[]>> = {
  records: [messages('orders')],
  'records of a FIFO queue': [messages('orders.fifo')],
  'records of a batch': [messages('batch')],
  requests: Array.from({ length: 1000 }, (_, id) => httpEvents.apiGatewayV2({ url: `/orders/${id}` })),
  'requests that are answered at once': Array.from({ length: 1000 }, () =>
    httpEvents.apiGatewayV2({ url: '/at-once' }),
  ),
};

async function main(): Promise<void> {
  const app = await LambdaApplication.create(Root, { accessLog: false, logger: { silent: true } }).ready();
  const grownBy = async (kinds: readonly (readonly object[])[]): Promise<number> => {
    const handleAll = async () => {
      for (const event of kinds.flat()) await app.handler(event, fakeContext());
    };
    // What is made at the first use, and kept, is no matter.
    await handleAll();
    const before = await objects();
    await handleAll();
    await handleAll();
    return (await objects()) - before;
  };
  const all = await grownBy(Object.values(rounds));
  // Only where there is something to find is each kind looked at, which takes a while.
  const each = all < ENOUGH ? [] : Object.entries(rounds);
  const grown: Record<string, number> = { all };
  for (const [name, kind] of each) grown[name] = await grownBy([kind]);
  process.stdout.write(JSON.stringify(grown));
}

/** Of ten thousand, one object each would be as many. */
const ENOUGH = 1000;

void main();
