import { APPLICATION_DESCRIPTION, type ApplicationDescription } from '../contracts/application-description.js';
import { Logger } from '../contracts/logger.js';
import { Reflector } from '../decorators/reflector.js';
import { JSON_CODEC } from '../http/message/json.js';
import { Request } from '../http/request/request.js';
import { Response } from '../http/response/response.js';
import type { BuiltIn } from '../modules/plan/define-providers.js';
import { SETTINGS } from '../settings/settings.js';
import type { EventContext } from './event/event-context.js';
import type { ApplicationConfig } from './options/config.js';

/**
 * Returns the providers that every application has. Those that read the event make their dependents request-scoped.
 *
 * @param describe Describes the application once its modules are planned.
 */
export function builtIns(
  logger: Logger,
  { settings, json }: ApplicationConfig,
  describe: () => ApplicationDescription,
): BuiltIn<EventContext>[] {
  return [
    { token: Logger, value: logger },
    { token: SETTINGS, value: settings },
    { token: JSON_CODEC, value: json },
    { token: APPLICATION_DESCRIPTION, value: describe },
    { token: Reflector, value: new Reflector() },
    { token: Request, read: ({ request }) => request },
    { token: Response, read: ({ response }) => response },
    { token: AbortSignal, read: ({ signal }) => signal },
  ];
}
