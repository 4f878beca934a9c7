import type { CallHandler, ExecutionContext, Interceptor } from '../contracts/pipeline.js';
import { classOrMethod, type ClassOrMethodDecorator } from '../decorators/apply-decorators.js';
import { flag, mistakeInOptions, type OptionRules, wholeNumber } from '../errors/check-options.js';
import { Response } from '../http/response/response.js';
import { builtInMetadata, findOwnMetadata } from '../metadata/class-metadata.js';
import { keysOf } from '../metadata/declared-access.js';
import { noteMistake } from '../metadata/mistakes.js';
import { lineage } from '../shared/class-methods.js';
import type { Constructor } from '../shared/types.js';

/** Directives of `Cache-Control` (RFC 9111, section 5.2.2; RFC 5861; RFC 8246). Times are in whole seconds. */
export interface CacheControlOptions {
  /** The time for which every cache may use the response without asking again. */
  readonly maxAge?: number;
  /** Instead of `maxAge`, for shared caches such as CloudFront. */
  readonly sMaxAge?: number;
  /** Shared caches may keep it, even if the request has an `Authorization` header. */
  readonly public?: boolean;
  /** Only the caller's own cache may keep it. */
  readonly private?: boolean;
  /** Nothing may keep it. */
  readonly noStore?: boolean;
  /** Caches may keep it, and ask before each use. */
  readonly noCache?: boolean;
  /** Once it is stale, caches ask before each use, and never use it otherwise. */
  readonly mustRevalidate?: boolean;
  /** `mustRevalidate` for shared caches. */
  readonly proxyRevalidate?: boolean;
  /** With `noStore`: caches that know the status code may still keep it. */
  readonly mustUnderstand?: boolean;
  /** Proxies may not change the content. */
  readonly noTransform?: boolean;
  /** It does not change while it is fresh: browsers don't ask again on a reload. */
  readonly immutable?: boolean;
  /** The time for which caches may use it once it is stale, while they ask again. */
  readonly staleWhileRevalidate?: number;
  /** The time for which caches may use it once it is stale, if asking again fails. */
  readonly staleIfError?: number;
}

type Directive = keyof CacheControlOptions;

/**
 * Sets `Cache-Control` on the responses of a route, or of all routes of a controller; the route's decorator wins. A
 * response that has the header keeps its own. Errors, and responses with a status from 400, don't get it.
 *
 * Unknown directives, and those that contradict each other, fail the bootstrap.
 */
export function CacheControl(directives: CacheControlOptions): ClassOrMethodDecorator {
  const mistake = mistakeIn(directives);
  return classOrMethod((metadata) => {
    noteMistake(metadata, mistake);
    if (mistake !== undefined) return;
    const { enhancers } = metadata;
    enhancers.interceptors = [...enhancers.interceptors, new CacheControlInterceptor(headerOf(directives))];
  });
}

class CacheControlInterceptor implements Interceptor {
  constructor(private readonly header: string) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const result = await next.handle();
    const { headers } = context.response;
    const isSet = Object.keys(headers).some((name) => name.toLowerCase() === HEADER);
    if (!isSet && statusOf(result, context) < 400) headers[HEADER] = this.header;
    return result;
  }
}
builtInMetadata(CacheControlInterceptor).eventKinds = ['http'];

const HEADER = 'cache-control';

/** Knows our `Response` and that of the Fetch API. */
function statusOf(result: unknown, context: ExecutionContext): number {
  const { response } = context;
  const own = result instanceof Response ? result.explicitStatus : (result as { status?: unknown } | undefined)?.status;
  const isResponse = result instanceof Response || result instanceof globalThis.Response;
  const explicit = (isResponse ? (own as number | undefined) : undefined) ?? response.explicitStatus;
  return explicit ?? declaredStatus(context.getClass(), context.getHandler());
}

const declared = new WeakMap<object, number>();

/** The status of `@HttpCode`; 200 without. */
function declaredStatus(controller: Constructor, method: (...args: never[]) => unknown): number {
  let status = declared.get(method);
  if (status === undefined) {
    const ofMethod = keysOf(controller, method).flatMap((key) =>
      lineage(controller).flatMap((type) => findOwnMetadata(type)?.methods.get(key)?.statusCode ?? []),
    );
    declared.set(method, (status = Math.max(200, ...ofMethod)));
  }
  return status;
}

/** Written as in the header: `sMaxAge` is `s-maxage`, and all others have a hyphen before each capital letter. */
function headerOf(directives: CacheControlOptions): string {
  return given(directives)
    .map((name) => {
      const text = name === 'sMaxAge' ? 's-maxage' : name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const value = directives[name];
      return typeof value === 'number' ? `${text}=${value}` : text;
    })
    .join(', ');
}

/** Returns the directives that are set, in the order of the rules. */
function given(directives: CacheControlOptions): Directive[] {
  return (Object.keys(RULES) as Directive[]).filter(
    (name) => directives[name] !== undefined && directives[name] !== false,
  );
}

/** Caches need not handle more (RFC 9111, section 1.2.2). */
const seconds = wholeNumber(0, 2 ** 31 - 1);

const RULES: OptionRules<CacheControlOptions> = {
  public: flag,
  private: flag,
  noStore: flag,
  noCache: flag,
  maxAge: seconds,
  sMaxAge: seconds,
  mustRevalidate: flag,
  proxyRevalidate: flag,
  mustUnderstand: flag,
  noTransform: flag,
  immutable: flag,
  staleWhileRevalidate: seconds,
  staleIfError: seconds,
};

/** Directives that exclude those in the second list, and why. */
const CONTRADICTIONS: readonly (readonly [Directive, readonly Directive[], string])[] = [
  ['private', ['public', 'sMaxAge', 'proxyRevalidate'], 'shared caches may not keep a private response'],
  [
    'noStore',
    [
      'public',
      'noCache',
      'maxAge',
      'sMaxAge',
      'mustRevalidate',
      'proxyRevalidate',
      'immutable',
      'staleWhileRevalidate',
      'staleIfError',
    ],
    'nothing keeps the response',
  ],
  ['noCache', ['immutable', 'staleWhileRevalidate', 'staleIfError'], 'caches ask before each use'],
  ['mustRevalidate', ['staleWhileRevalidate', 'staleIfError'], 'a stale response is never used'],
];

/** Directives that need one of others. */
const NEEDS: readonly (readonly [Directive, readonly Directive[]])[] = [
  ['immutable', ['maxAge', 'sMaxAge']],
  ['staleWhileRevalidate', ['maxAge', 'sMaxAge']],
  ['mustUnderstand', ['noStore']],
];

function mistakeIn(directives: CacheControlOptions): string | undefined {
  const mistake = mistakeInOptions(directives, RULES, '@CacheControl');
  if (mistake !== undefined) return mistake;
  const set = given(directives);
  if (set.length === 0) return '@CacheControl sets no directive: write { noStore: true }, { maxAge: 60 } and the like.';
  for (const [one, others, why] of CONTRADICTIONS) {
    const other = others.find((name) => set.includes(name));
    if (set.includes(one) && other !== undefined)
      return `@CacheControl: ${one} and ${other} contradict each other, because with ${one} ${why}.`;
  }
  const lacking = NEEDS.find(([one, others]) => set.includes(one) && !others.some((name) => set.includes(name)));
  return lacking && `@CacheControl: ${lacking[0]} has no effect without ${lacking[1].join(' or ')}.`;
}
