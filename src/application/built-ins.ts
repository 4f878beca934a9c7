import { Logger } from '../contracts/logger.js';
import { Reflector } from '../decorators/reflector.js';
import { Request } from '../http/request.js';
import { Response } from '../http/response.js';
import type { BuiltIn } from '../modules/built-in.js';
import type { Settings } from '../settings/settings.js';
import { SETTINGS } from '../settings/settings-token.js';
import type { HttpContext } from './http-context.js';

/** What can be injected without anyone providing it. What belongs to an event makes its dependants request-scoped. */
export function builtIns(logger: Logger, settings: Settings): BuiltIn<HttpContext>[] {
  return [
    { token: Logger, value: logger },
    { token: SETTINGS, value: settings },
    { token: Reflector, value: new Reflector() },
    { token: Request, read: ({ request }) => request },
    { token: Response, read: ({ response }) => response },
    { token: AbortSignal, read: ({ signal }) => signal },
  ];
}
