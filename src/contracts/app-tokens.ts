import { brand } from '../shared/brand.js';
import { InjectionToken } from '../shared/token.js';
import type { CanActivate, ExceptionFilter, Interceptor, PipeTransform } from './pipeline.js';

/** A token that any number of modules may provide: every provider under it counts, for the whole application. */
class AppToken<T> extends InjectionToken<T> {}
brand(AppToken, 'AppToken');

/** `{ provide: APP_GUARD, useClass: AuthGuard }` guards every route and consumer. */
export const APP_GUARD: InjectionToken<CanActivate> = new AppToken('APP_GUARD');
/** `{ provide: APP_INTERCEPTOR, useClass: TimingInterceptor }` goes around every route and consumer. */
export const APP_INTERCEPTOR: InjectionToken<Interceptor> = new AppToken('APP_INTERCEPTOR');
/** `{ provide: APP_PIPE, useClass: TrimPipe }` works on every argument. */
export const APP_PIPE: InjectionToken<PipeTransform> = new AppToken('APP_PIPE');
/** `{ provide: APP_FILTER, useClass: ErrorFilter }` sees every error that no filter nearer took; 404 and 405 too. */
export const APP_FILTER: InjectionToken<ExceptionFilter> = new AppToken('APP_FILTER');

/** NestJS's tokens, which are these very texts: under one of them nobody means anything else. */
const NAMES: ReadonlySet<unknown> = new Set(
  [APP_GUARD, APP_INTERCEPTOR, APP_PIPE, APP_FILTER].map(({ description }) => description),
);

/** The name of one of the `APP_*` tokens, of this copy of the package, of another, or of NestJS's. */
export function appTokenName(token: unknown): string | undefined {
  if (typeof token === 'string') return NAMES.has(token) ? token : undefined;
  return token instanceof AppToken ? token.description : undefined;
}

/**
 * The `APP_*` token that a token was meant to be, as `APP_GUARDS` or `Symbol('APP_GUARD')`; what is provided under it
 * nobody would ask.
 */
export function meantAppToken(token: unknown): string | undefined {
  const name = typeof token === 'symbol' || token instanceof InjectionToken ? token.description : token;
  if (typeof name !== 'string' || appTokenName(token) !== undefined) return undefined;
  const letters = lettersOf(name);
  return [...NAMES].find((known): known is string => lettersOf(known as string) === letters);
}

/** Whatever their order, for a slip of the fingers, and in the singular. */
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
