import { brand } from '../shared/brand.js';
import { InjectionToken, KnownToken } from '../shared/token.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from './pipeline.js';

/** A token that several modules may provide: all of its providers apply, to the whole application. */
class AppToken<T> extends KnownToken<T> {}
brand(AppToken, 'AppToken');

/** `{ provide: APP_GUARD, useClass: AuthGuard }` guards every route and consumer. */
export const APP_GUARD: InjectionToken<CanActivate> = new AppToken('APP_GUARD');
/** `{ provide: APP_INTERCEPTOR, useClass: TimingInterceptor }` wraps every route and consumer. */
export const APP_INTERCEPTOR: InjectionToken<Interceptor> = new AppToken('APP_INTERCEPTOR');
/** `{ provide: APP_PIPE, useClass: TrimPipe }` transforms every argument. */
export const APP_PIPE: InjectionToken<PipeTransform> = new AppToken('APP_PIPE');
/** `{ provide: APP_FILTER, useClass: ErrorFilter }` catches every error that no other filter did, 404 and 405 too. */
export const APP_FILTER: InjectionToken<ExceptionFilter> = new AppToken('APP_FILTER');

/** NestJS's tokens are strings with these names. */
const NAMES: ReadonlySet<unknown> = new Set(
  [APP_GUARD, APP_INTERCEPTOR, APP_PIPE, APP_FILTER].map(({ description }) => description),
);

/** Returns the name of an `APP_*` token, whether from this copy of the package, another copy, or NestJS. */
export function appTokenName(token: unknown): string | undefined {
  if (typeof token === 'string') return NAMES.has(token) ? token : undefined;
  return token instanceof AppToken ? token.description : undefined;
}

/**
 * Returns the `APP_*` token that was probably meant by a token such as `APP_GUARDS` or `Symbol('APP_GUARD')`.
 * Unnoticed, that token's providers would never be used.
 */
export function meantAppToken(token: unknown): string | undefined {
  const name = typeof token === 'symbol' || token instanceof InjectionToken ? token.description : token;
  if (typeof name !== 'string' || appTokenName(token) !== undefined) return undefined;
  const letters = lettersOf(name);
  return [...NAMES].find((known): known is string => lettersOf(known as string) === letters);
}

/** Sorts the letters, to find transposed ones, and drops a plural. */
function lettersOf(name: string): string {
  return [
    ...name
      .toUpperCase()
      .replace(/[^A-Z]/g, '')
      .replace(/S$/, ''),
  ]
    .toSorted()
    .join('');
}
