import type { Provided } from '../../modules/instances/event-scope.js';
import { attempt, chain, isPromiseLike, native } from '../../shared/promise.js';
import type { Enhancers } from '../method/enhancers.js';

/** Somebody asked for the request of an event that is none. */
export class MissingRequestError extends Error {
  override readonly name = 'MissingRequestError';

  constructor(
    readonly type: string,
    /** Who asked, once it is known. */
    readonly asking?: Asking,
    cause?: unknown,
  ) {
    const whose = asking ? `${asking.who} asks for the request, but this` : 'This';
    const mend = asking?.declarable
      ? `Put @For('http') on ${asking.declarable} if it is for requests alone, or ask`
      : 'Ask';
    super(
      `${whose} event comes from ${type}: it has no request and no response. ${mend} context.getType() first.`,
      cause ? { cause } : {},
    );
  }
}

interface Asking {
  /** As in `AuthGuard`, or `parameter 2 of Orders.ship`. */
  readonly who: string;
  /** What `@For` can stand on. */
  readonly declarable?: string;
}

/** Says who asked, where an error doesn't say so yet: what is further in has told already. */
export function explained(error: unknown, asking: Asking): unknown {
  return error instanceof MissingRequestError && !error.asking
    ? new MissingRequestError(error.type, asking, error)
    : error;
}

/**
 * Around records: an enhancer that takes every event for a request is named by the error, with the way to mend it.
 * Pipes are told nothing of the event.
 */
export function explaining({ guards, interceptors, pipes, filters }: Enhancers): Enhancers {
  return {
    guards: guards.map((guard) => explainingOne(guard, 'canActivate')),
    interceptors: interceptors.map((interceptor) => explainingOne(interceptor, 'intercept')),
    pipes,
    filters: filters.map((filter) => explainingOne(filter, 'catch')),
  };
}

/** The same for an instance that is made for the event. */
export function explainingInstance<T>(provided: Provided<T>, who: string): Provided<T> {
  if (provided.resolve === undefined) return provided;
  return {
    ...provided,
    resolve: (scope) =>
      attempt(
        () => provided.resolve(scope),
        (error) => fail(error, { who }),
      ),
  };
}

type Call = (first: unknown, second: unknown) => unknown;

function explainingOne<T extends object>(provided: Provided<T>, method: string): Provided<T> {
  const wrap = (enhancer: T): T => wrapped(enhancer, method, askingOf(enhancer, method));
  if (provided.resolve === undefined) return { ...provided, instance: wrap(provided.instance) };
  const { who } = askingOf(provided.type?.prototype as object | undefined, method);
  const { resolve } = explainingInstance(provided, who) as typeof provided;
  return { ...provided, resolve: (scope) => chain(resolve(scope), wrap) };
}

/** Has the enhancer's class for its constructor, by which filters are told what they catch. */
function wrapped<T extends object>(enhancer: T, method: string, asking: Asking): T {
  const call = (enhancer as Record<string, Call>)[method] as Call;
  const explain = (error: unknown, first: unknown): never => {
    // The error that a filter was to handle would be lost.
    if (method === 'catch' && error instanceof MissingRequestError) error.cause ??= first;
    return fail(error, asking);
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

function fail(error: unknown, asking: Asking): never {
  throw explained(error, asking);
}

function askingOf(enhancer: object | undefined, method: string): Asking {
  const name = enhancer?.constructor === Object ? '' : (enhancer?.constructor.name ?? '');
  return name === ''
    ? { who: `An object with ${method}()`, declarable: 'a class of it' }
    : { who: name, declarable: name };
}
