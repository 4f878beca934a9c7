import type { ExecutionContext } from '../contracts/pipeline.js';
import { createParamDecorator, type ParameterPipe } from '../decorators/parameters.js';
import type { RequestUser } from '../http/request/request-user.js';

const bindUser = createParamDecorator((key: keyof RequestUser | undefined, { request }: ExecutionContext) =>
  key === undefined ? request.user : request.user?.[key],
);

/**
 * Binds the caller, or one member: `me(@CurrentUser() user: RequestUser)`, `mine(@CurrentUser('id') id: string)`.
 * `undefined` where the guards set none: on a `@Public()` route, and for callers without credentials on one with
 * `@OptionalAuth()`, as in `home(@CurrentUser() user?: RequestUser)`.
 */
export function CurrentUser(key?: keyof RequestUser, ...pipes: ParameterPipe[]): ParameterDecorator {
  return bindUser(key, ...pipes);
}
