import { APPLICATION_DESCRIPTION } from '../../contracts/application-description.js';
import { Logger } from '../../contracts/logger.js';
import { Reflector } from '../../decorators/reflector.js';
import { JSON_CODEC } from '../../http/message/json.js';
import { Request } from '../../http/request/request.js';
import { Response } from '../../http/response/response.js';
import type { Definition } from '../../modules/provider-plan.js';
import { SETTINGS } from '../../settings/settings.js';
import type { builtIns } from '../built-ins.js';

type Name = keyof ReturnType<typeof builtIns>;

function builtIn(provide: Definition['provide'], name: Name, perEvent = false): Definition {
  return { provide, builtIn: name, perEvent };
}

/** The providers that every application has. Those that read the event make their dependants request-scoped. */
export const BUILT_IN_PROVIDERS: readonly Definition[] = [
  builtIn(Logger, 'logger'),
  builtIn(SETTINGS, 'settings'),
  builtIn(JSON_CODEC, 'json'),
  builtIn(APPLICATION_DESCRIPTION, 'describe'),
  { provide: Reflector, useClass: Reflector },
  builtIn(Request, 'request', true),
  builtIn(Response, 'response', true),
  builtIn(AbortSignal, 'signal', true),
];
