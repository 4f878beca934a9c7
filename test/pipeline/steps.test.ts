import 'reflect-metadata';
import { Catch } from '../../src/decorators/enhancers.js';
import { ConflictException, ForbiddenException } from '../../src/errors/exceptions.js';
import { compileFilters } from '../../src/pipeline/filters.js';
import { withGuards } from '../../src/pipeline/guards.js';
import { withAwaitedInterceptors, withInterceptors } from '../../src/pipeline/interceptors.js';
import type { PipelineContext } from '../../src/pipeline/pipeline-context.js';

// The steps look at the context no more than to hand it on.
const context = { scoped: undefined } as PipelineContext;
const given = <T>(instance: T) => ({ instance });
const forEvent = <T>(instance: T) => ({ resolve: () => Promise.resolve(instance) });

describe('guards', () => {
  const yes = { canActivate: () => true };

  test('synchronous guards before a synchronous handler need no promise', () => {
    expect(withGuards([given(yes), given(yes)], () => 'done')(context)).toBe('done');
  });

  test('asynchronous and request-scoped ones are waited for', async () => {
    const handler = jest.fn(() => 'done');
    expect(await withGuards([given({ canActivate: async () => true }), forEvent(yes)], handler)(context)).toBe('done');
    expect(handler).toHaveBeenCalledWith(context);
  });

  test.each([
    ['false', () => false],
    ['a promise of false', async () => false],
  ])('%s is 403, and what comes behind is not asked', async (_, canActivate) => {
    const next = { canActivate: jest.fn(() => true) };
    const handler = jest.fn();
    const run = async () => withGuards([given({ canActivate }), given(next)], handler)(context);
    await expect(run()).rejects.toThrow(ForbiddenException);
    expect([next.canActivate.mock.calls.length, handler.mock.calls.length]).toEqual([0, 0]);
  });

  test('neither yes nor no is a fault of the program, and what comes behind is not asked', async () => {
    const next = { canActivate: jest.fn(() => true) };
    const handler = jest.fn();
    const forgetful = { canActivate: () => undefined as unknown as boolean };
    const run = async () => withGuards([given(forgetful), given(next)], handler)(context);
    await expect(run()).rejects.toThrow(TypeError);
    expect([next.canActivate.mock.calls.length, handler.mock.calls.length]).toEqual([0, 0]);
  });

  test('without any the handler is the same function', () => {
    const handler = jest.fn();
    expect(withGuards([], handler)).toBe(handler);
    expect(withInterceptors([], handler)).toBe(handler);
  });
});

describe('interceptors', () => {
  test('next.handle() always gives a promise, also of what throws at once', async () => {
    const error = new Error('at once');
    const seen: unknown[] = [];
    const catching = {
      async intercept(_: unknown, next: { handle(): Promise<unknown> }) {
        const result = next.handle();
        seen.push(result instanceof Promise);
        return result.catch((caught: unknown) => caught);
      },
    };
    const handler = () => {
      throw error;
    };
    expect(await withInterceptors([given(catching)], handler)(context)).toBe(error);
    expect(seen).toEqual([true]);
  });

  test('next.handle may be taken from its object', async () => {
    const taking = {
      intercept(_: unknown, { handle }: { handle(): Promise<unknown> }) {
        return handle();
      },
    };
    expect(await withInterceptors([given(taking), forEvent(taking)], () => 'done')(context)).toBe('done');
    expect(await withAwaitedInterceptors([given(taking)], () => 'done')(context)).toBe('done');
  });

  test('one that is asked twice runs the rest twice', async () => {
    const retrying = {
      intercept: (_: unknown, next: { handle(): Promise<unknown> }) => next.handle().catch(() => next.handle()),
    };
    const handler = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('busy')).mockResolvedValue('done');
    expect(await withInterceptors([forEvent(retrying)], handler)(context)).toBe('done');
    expect(handler).toHaveBeenCalledTimes(2);
  });
});

describe('filters', () => {
  @Catch(TypeError, RangeError)
  class Numbers {
    catch(error: Error) {
      return `numbers: ${error.message}`;
    }
  }
  @Catch(ConflictException)
  class Conflicts {
    catch() {
      return 'conflict';
    }
  }
  class Everything {
    catch() {
      return 'everything';
    }
  }
  class Taken extends ConflictException {}

  test.each([
    [new RangeError('far'), 'numbers: far'],
    [new ConflictException(), 'conflict'],
    [new Taken(), 'conflict'],
    [new SyntaxError('x'), 'everything'],
    ['text', 'everything'],
    [undefined, 'everything'],
  ])('%p goes to that of the filters that take it which was bound last', (error, result) => {
    const filters = compileFilters([given(new Everything()), given(new Conflicts()), given(new Numbers())]);
    expect(filters(error, context)).toBe(result);
  });

  test('what none takes is thrown again, the very value', async () => {
    const error = new SyntaxError('x');
    expect(() => compileFilters([given(new Numbers())])(error, context)).toThrow(error);
    const asynchronous = async () => compileFilters([forEvent(new Numbers())])(error, context);
    await expect(asynchronous()).rejects.toBe(error);
  });

  test('a subclass of a filter takes what its parent takes', () => {
    class Louder extends Numbers {
      override catch(error: Error) {
        return super.catch(error).toUpperCase();
      }
    }
    const filters = compileFilters([given(new Everything()), given(new Louder())]);
    expect([filters(new TypeError('no'), context), filters(new Error('no'), context)]).toEqual([
      'NUMBERS: NO',
      'everything',
    ]);
  });
});
