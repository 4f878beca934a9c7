import type { Provided } from '../../modules/instances/event-scope.js';
import { attempt, chain, isPromiseLike, native } from '../../shared/promise.js';
import type { Enhancers } from '../method/enhancers.js';

/** Thrown for reading the request of an event that has none. */
export class MissingRequestError extends Error {
  override readonly name = 'MissingRequestError';

  constructor(
    readonly type: string,
    /** The code that read it, once known. */
    readonly reader?: Reader,
    cause?: unknown,
  ) {
    const whose = reader ? `${reader.name} reads the request, but this` : 'This';
    const fix = reader?.declarable
      ? `Put @For('http') on ${reader.declarable} if it is for requests alone, or check`
      : 'Check';
    super(
      `${whose} event comes from ${type}: it has no request and no response. ${fix} context.getType() first.`,
      cause ? { cause } : {},
    );
  }
}

interface Reader {
  /** As in `AuthGuard`, or `parameter 2 of Orders.ship`. */
  readonly name: string;
  /** The kinds of things that `@For` can be put on. */
  readonly declarable?: string;
}

/** Adds the reader to an error that doesn't name one yet: an inner one is more precise. */
export function nameReader(error: unknown, reader: Reader): unknown {
  return error instanceof MissingRequestError && !error.reader
    ? new MissingRequestError(error.type, reader, error)
    : error;
}

/**
 * Wraps the enhancers of consumers, so that the error names an enhancer that takes every event for a request, with the
 * fix. Pipes don't see the event.
 */
export function namingReaders({ guards, interceptors, pipes, filters }: Enhancers): Enhancers {
  return {
    guards: guards.map((guard) => namingReader(guard, 'canActivate')),
    interceptors: interceptors.map((interceptor) => namingReader(interceptor, 'intercept')),
    pipes,
    filters: filters.map((filter) => namingReader(filter, 'catch')),
  };
}

/** Names the class of an instance that is created for the event, if creating it reads the request. */
export function namingInstance<T>(provided: Provided<T>, name: string): Provided<T> {
  if (provided.resolve === undefined) return provided;
  return {
    ...provided,
    resolve: (scope) =>
      attempt(
        () => provided.resolve(scope),
        (error) => fail(error, { name }),
      ),
  };
}

type Call = (first: unknown, second: unknown) => unknown;

function namingReader<T extends object>(provided: Provided<T>, method: string): Provided<T> {
  const wrap = (enhancer: T): T => wrapped(enhancer, method, readerOf(enhancer, method));
  if (provided.resolve === undefined) return { ...provided, instance: wrap(provided.instance) };
  const { name } = readerOf(provided.type?.prototype, method);
  const { resolve } = namingInstance(provided, name) as typeof provided;
  return { ...provided, resolve: (scope) => chain(resolve(scope), wrap) };
}

/** Keeps the enhancer's constructor, which has the metadata of what a filter catches. */
function wrapped<T extends object>(enhancer: T, method: string, reader: Reader): T {
  const call = (enhancer as Record<string, Call>)[method] as Call;
  const explain = (error: unknown, first: unknown): never => {
    // Keeps the error that the filter was to handle.
    if (method === 'catch' && error instanceof MissingRequestError) error.cause ??= first;
    return fail(error, reader);
  };
  const around: Call = (first, second) => {
    try {
      const result = call.call(enhancer, first, second);
      return isPromiseLike(result) ? native(result).then(undefined, (error: unknown) => explain(error, first)) : result;
    } catch (error) {
      return explain(error, first);
    }
  };
  return { constructor: enhancer.constructor, [method]: around } as unknown as T;
}

function fail(error: unknown, reader: Reader): never {
  throw nameReader(error, reader);
}

function readerOf(enhancer: object | undefined, method: string): Reader {
  const name = enhancer?.constructor === Object ? '' : (enhancer?.constructor.name ?? '');
  return name === '' ? { name: `An object with ${method}()`, declarable: 'its class' } : { name, declarable: name };
}
