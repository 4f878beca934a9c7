import { IsInt } from 'class-validator';
import type { ApplicationOptions } from '../../../src/application/options/application-options.js';
import type { ExecutionContext } from '../../../src/contracts/pipeline.js';
import { applyDecorators } from '../../../src/decorators/apply-decorators.js';
import { OnSqs } from '../../../src/decorators/consumers.js';
import { Catch, UseFilters, UseGuards, UseInterceptors, UsePipes } from '../../../src/decorators/enhancers.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Body, createParamDecorator, Event, Record as RawRecord } from '../../../src/decorators/parameters.js';
import { ConflictException, UnauthorizedException } from '../../../src/errors/exceptions.js';
import { ValidationException } from '../../../src/errors/validation-exception.js';
import { Scope } from '../../../src/shared/provider.js';
import type { Constructor } from '../../../src/shared/types.js';
import { events } from '../../../src/testing/events.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { createApp } from '../create-app.js';
import { identifiersOf, namedIn, RECORD_SOURCES } from '../record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
let calls: unknown[] = [];
beforeEach(() => (calls = []));
afterEach(() => jest.restoreAllMocks());

class Message {
  @IsInt() n!: number;
}

const numberOf = ({ record }: ExecutionContext): unknown => (JSON.parse(String(record.content())) as { n: unknown }).n;

/** Refuses every second message: guards that look at the first one only would let them all pass. */
class EvenGuard {
  canActivate(context: ExecutionContext): boolean {
    const n = numberOf(context);
    calls.push(['guard', n, context.getType(), context.getHandler().name]);
    return Number(n) % 2 === 0;
  }
}

@Catch()
class NotingFilter {
  catch(error: Error, context: ExecutionContext): unknown {
    calls.push(['filter', error.constructor.name, numberOf(context)]);
    return { handled: true };
  }
}

const messages = (...numbers: readonly unknown[]) => numbers.map((n) => ({ n }));

/** The numbers of the messages that failed. */
async function failedOf(Consumer: Constructor, event: object, options: ApplicationOptions = {}): Promise<number[]> {
  const app = createApp({ providers: [Consumer] }, { ...quiet, ...options });
  const identifiers = identifiersOf(event);
  return namedIn(await app.handler(event, fakeContext())).map((identifier) => identifiers.indexOf(identifier));
}

function guarded(
  queue: string,
  decorate: MethodDecorator = UseGuards(EvenGuard),
): { Orders: Constructor; given: unknown[] } {
  const given: unknown[] = [];
  class Orders {
    @OnSqs(queue, { batch: true })
    @decorate
    ship(@Body(Message) found: Message[], @RawRecord() records: { body: string }[]): void {
      given.push(
        found.map(({ n }) => n),
        records.map(({ body }) => (JSON.parse(body) as Message).n),
      );
    }
  }
  return { Orders, given };
}

class TakesEvent {
  @OnSqs('orders', { batch: true }) @UseGuards(EvenGuard) ship(
    @Event() _event: unknown,
    @Body() _found: unknown[],
  ): void {
    calls.push('method');
  }
}
class TakesNothing {
  @OnSqs('orders', { batch: true }) @UseGuards(EvenGuard) ship(): void {
    calls.push('method');
  }
}

describe('guards of a batch', () => {
  it('are asked about each record: those that they refuse have failed, and the others are handed over', async () => {
    const { Orders, given } = guarded('orders');
    expect(await failedOf(Orders, events.sqs('orders', messages(2, 3, 4, 5)))).toEqual([1, 3]);
    expect(given).toEqual([
      [2, 4],
      [2, 4],
    ]);
    expect(calls).toEqual([2, 3, 4, 5].map((n) => ['guard', n, 'sqs', 'ship']));
  });

  it.each(Object.entries(RECORD_SOURCES))('let nothing pass unseen: %s', async (_name, source) => {
    const seen: unknown[] = [];
    class Consumer {
      @source.On({ batch: true })
      @UseGuards({ canActivate: ({ record }) => seen.push(record.raw) > 0 })
      take(@RawRecord() records: unknown[]): void {
        expect(seen).toEqual(records);
      }
    }
    await createApp({ providers: [Consumer] }, quiet).handler(source.event(messages(1, 2, 3)), fakeContext());
    expect(seen).toHaveLength(3);
  });

  it('end a group at the record that they refuse', async () => {
    const { Orders, given } = guarded('orders.fifo');
    expect(await failedOf(Orders, events.sqs('orders.fifo', messages(2, 3, 4)))).toEqual([1, 2]);
    expect(given).toEqual([[2], [2]]);
  });

  it('are no policy for invalid records: what they refuse is never dropped', async () => {
    const { Orders } = guarded('orders');
    expect(
      await failedOf(Orders, events.sqs('orders', messages(3, 'text', 4)), { batch: { invalid: 'drop' } }),
    ).toEqual([0, 1]);
    const { Orders: Open, given } = guarded('orders', () => undefined);
    expect(await failedOf(Open, events.sqs('orders', messages(3, 'text', 4)), { batch: { invalid: 'drop' } })).toEqual(
      [],
    );
    expect(given[0]).toEqual([3, 4]);
  });

  it('that refuse everything keep interceptors, pipes and the method out', async () => {
    const around = UseInterceptors({ intercept: () => calls.push('interceptor') });
    class Orders {
      @OnSqs('orders', { batch: true })
      @UseGuards(EvenGuard)
      @around
      @UsePipes({ transform: () => calls.push('pipe') })
      ship(@Body() _found: unknown[]): void {
        calls.push('method');
      }
    }
    expect(await failedOf(Orders, events.sqs('orders', messages(1, 3)))).toEqual([0, 1]);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['the event', TakesEvent],
    ['nothing of the records', TakesNothing],
  ])('refuse the whole where the method is given %s: there it would get what they refused', async (_what, Orders) => {
    expect(await failedOf(Orders, events.sqs('orders', messages(2, 3, 4)))).toEqual([0, 1, 2]);
    expect(calls).not.toContain('method');
    calls = [];
    expect(await failedOf(Orders, events.sqs('orders', messages(2, 4)))).toEqual([]);
    expect(calls).toContain('method');
  });

  it('that throw or reject say by what each record failed', async () => {
    const stdout = captureStdout();
    const { Orders } = guarded(
      'orders',
      UseGuards({
        canActivate: async (context) => {
          if (numberOf(context) === 3) throw new UnauthorizedException('Unsigned');
          return true;
        },
      }),
    );
    await createApp({ providers: [Orders] }, {}).handler(events.sqs('orders', messages(2, 3)), fakeContext());
    const lines = stdout.lines().filter(({ type }) => type === 'record');
    expect(lines.map(({ status, error_detail: detail }) => [status, detail])).toEqual([
      ['ok', undefined],
      ['failed', expect.stringMatching(/Unsigned/)],
    ]);
  });

  it('of several levels are asked one after the other, record by record, in any scope', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Second {
      canActivate(context: ExecutionContext): boolean {
        calls.push(['second', numberOf(context)]);
        return true;
      }
    }
    @UseGuards(EvenGuard)
    class Orders {
      @OnSqs('orders', { batch: true }) @UseGuards(Second) ship(@Body() _found: unknown[]): void {}
    }
    const first = { canActivate: (context: ExecutionContext) => calls.push(['first', numberOf(context)]) > 0 };
    expect(await failedOf(Orders, events.sqs('orders', messages(2, 3)), { guards: [first] })).toEqual([1]);
    expect(calls.map((call) => (call as unknown[]).slice(0, 2))).toEqual([
      ['first', 2],
      ['guard', 2],
      ['second', 2],
      ['first', 3],
      ['guard', 3],
    ]);
  });
});

describe('filters of a batch', () => {
  it('are told of each record that is left out, by its own context', async () => {
    const { Orders, given } = guarded('orders', applyDecorators(UseGuards(EvenGuard), UseFilters(NotingFilter)));
    expect(await failedOf(Orders, events.sqs('orders', messages(2, 3, 'x', 4)))).toEqual([1, 2]);
    expect(calls.filter((call) => (call as unknown[])[0] === 'filter')).toEqual([
      ['filter', 'ForbiddenException', 3],
      ['filter', 'ForbiddenException', 'x'],
    ]);
    expect(given[0]).toEqual([2, 4]);
  });

  it('are told once of each, where all of them are left out', async () => {
    const { Orders } = guarded('orders', UseFilters(NotingFilter));
    expect(await failedOf(Orders, events.sqs('orders', messages('x', 'y')))).toEqual([0, 1]);
    expect(calls).toEqual([
      ['filter', 'ValidationException', 'x'],
      ['filter', 'ValidationException', 'y'],
    ]);
  });

  it('of request scope are made once for the batch, and disposed of with it', async () => {
    const lives: string[] = [];
    @Injectable({ scope: Scope.REQUEST })
    class Scoped {
      constructor() {
        lives.push('made');
      }
      catch(): void {
        lives.push('told');
      }
      [Symbol.dispose](): void {
        lives.push('disposed');
      }
    }
    const Refusing = createParamDecorator(() => {
      throw new ConflictException();
    });
    class Orders {
      @OnSqs('orders', { batch: true }) @UseFilters(Scoped) ship(@Refusing() _refused: unknown): void {}
    }
    expect(await failedOf(Orders, events.sqs('orders', messages(1, 2)))).toEqual([0, 1]);
    expect(lives).toEqual(['made', 'told', 'told', 'disposed']);
  });

  it('are told once where the method throws', async () => {
    class Orders {
      @OnSqs('orders', { batch: true }) @UseFilters(NotingFilter) ship(@Body() _found: unknown[]): void {
        throw new ConflictException();
      }
    }
    expect(await failedOf(Orders, events.sqs('orders', messages(1, 2)))).toEqual([0, 1]);
    expect(calls).toEqual([['filter', 'ConflictException', 1]]);
  });

  it('may throw another error in its place, which the policy and the log are told', async () => {
    @Catch(ValidationException)
    class Renaming {
      catch(error: ValidationException): never {
        throw new ConflictException(`Renamed: ${error.detail.length}`);
      }
    }
    const { Orders } = guarded('orders', UseFilters(Renaming));
    const told: unknown[] = [];
    await failedOf(Orders, events.sqs('orders', messages(1, 'x')), {
      batch: { invalid: (_record, error) => void told.push(String(error)) },
    });
    expect(told).toEqual(['ConflictException: Renamed: 1']);
  });
});

describe('a record of its own', () => {
  it.each([
    ['is a failure whatever its filter returns', UseFilters({ catch: () => ({ handled: true }) }), [0]],
    [
      'fails by the error that its filter throws instead',
      UseFilters({
        catch: () => {
          throw new ConflictException();
        },
      }),
      [0],
    ],
    [
      'is a success where an interceptor catches its error',
      UseInterceptors({
        intercept: (_: unknown, next: { handle(): Promise<unknown> }) => next.handle().catch(() => 'handled'),
      }),
      [],
    ],
  ])('%s', async (_what, decorate, failed) => {
    class Orders {
      @OnSqs('orders') @decorate ship(): void {
        throw new Error('no stock');
      }
    }
    expect(await failedOf(Orders, events.sqs('orders', messages(1)))).toEqual(failed);
  });
});
