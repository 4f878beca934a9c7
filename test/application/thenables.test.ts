import { ValidateBy } from 'class-validator';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { applyDecorators } from '../../src/decorators/apply-decorators.js';
import { OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../src/decorators/enhancers.js';
import { Body, createParamDecorator } from '../../src/decorators/parameters.js';
import { Post } from '../../src/decorators/routes.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { createApp } from './create-app.js';

const quiet = { accessLog: false, logger: { silent: true } } as const satisfies ApplicationOptions;

/** What is awaited like a promise and is none, as queries of several libraries are: its `then` gives nothing back. */
function thenable(
  settle: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void,
): Promise<never> {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- the kind of thing this is about
    then: (resolve: () => void, reject: () => void) => void settle(resolve, reject),
  } as unknown as Promise<never>;
}

/** Each has to come to the same as the promise that does the same. */
const ANSWERS: Readonly<Record<string, (value: unknown) => Promise<never>>> = {
  'gives its value at once': (value) => thenable((resolve) => resolve(value)),
  'gives its value later': (value) => thenable((resolve) => void setImmediate(() => resolve(value))),
  'gives a promise of its value': (value) => thenable((resolve) => resolve(Promise.resolve(value))),
};
const FAILURES: Readonly<Record<string, () => Promise<never>>> = {
  'fails at once': () => thenable((_, reject) => reject(new Error('no stock'))),
  'fails later': () => thenable((_, reject) => void setImmediate(() => reject(new Error('no stock')))),
  'never ends': () => thenable(() => undefined),
};

type Wait = (value: unknown) => Promise<never>;

/** The places where somebody's code is called, with what it gives when all is well. */
const PLACES: Readonly<Record<string, (wait: Wait) => Constructor>> = {
  'the method': (wait) => consumer({ method: () => wait('done') }),
  'a guard': (wait) => consumer({ decorators: [UseGuards({ canActivate: () => wait(true) })] }),
  'an interceptor': (wait) => consumer({ decorators: [UseInterceptors({ intercept: () => wait('done') })] }),
  'a pipe': (wait) => consumer({ decorators: [UsePipes({ transform: () => wait({ n: 1 }) })] }),
  'a filter': (wait) =>
    consumer({
      decorators: [UseFilters({ catch: () => wait('done') })],
      method: () => {
        throw new Error('first');
      },
    }),
  'a parameter': (wait) => consumer({ parameter: createParamDecorator(() => wait('x'))() }),
  'a rule of a DTO': (wait) => {
    class Order {
      @ValidateBy({ name: 'late', validator: { validate: () => wait(true) } })
      n!: number;
    }
    return consumer({ parameter: Body(Order) });
  },
};

interface Parts {
  readonly method?: () => unknown;
  readonly decorators?: readonly MethodDecorator[];
  readonly parameter?: ParameterDecorator;
}

/** A method for requests and messages. */
function consumer({ method = () => 'done', decorators = [], parameter = Body() }: Parts): Constructor {
  class Consumer {
    @applyDecorators(Post(), OnSqs('orders'), OnSns('orders'), ...decorators)
    take(@parameter _value: unknown): unknown {
      return method();
    }
  }
  return Consumer;
}

const inTime = () => ({ ...fakeContext(), getRemainingTimeInMillis: () => 300 });

/** What comes of a request, a message and a notification: a status, failed ones, a failed invocation. */
async function outcomesOf(make: (wait: Wait) => Constructor, wait: Wait): Promise<unknown[]> {
  const app = createApp({ controllers: [make(wait)] }, quiet);
  const all = [
    httpEvents.apiGatewayV2({ method: 'POST', url: '/', payload: { n: 1 } }),
    events.sqs('orders', [{ n: 1 }]),
    events.sns('orders', [{ n: 1 }]),
  ];
  return Promise.all(all.map((event) => app.handler(event, inTime()).then(shortened, () => 'rejected')));
}

function shortened(result: unknown): unknown {
  const { statusCode, batchItemFailures } = Object(result) as { statusCode?: number; batchItemFailures?: unknown[] };
  return statusCode ?? batchItemFailures?.length;
}

describe.each(Object.entries(PLACES))('%s that gives no promise, but is awaited like one', (_, make) => {
  it.each(Object.entries(ANSWERS))('is waited for as a promise would be: one that %s', async (_name, wait) => {
    expect(await outcomesOf(make, wait)).toEqual(
      await outcomesOf(make, (value) => Promise.resolve(value) as Promise<never>),
    );
  });

  it.each(Object.entries(FAILURES))('fails the event: one that %s', async (_name, wait) => {
    const [status, failed, notified] = await outcomesOf(make, wait);
    expect([((status ?? 500) as number) >= 500 || status === 'rejected', failed, notified]).toEqual([
      true,
      1,
      'rejected',
    ]);
  });
});
