import type { Namespaces } from '../../src/build/plan/value-names.js';
import * as appTokens from '../../src/contracts/app-tokens.js';
import * as applicationDescription from '../../src/contracts/application-description.js';
import * as loggers from '../../src/contracts/logger.js';
import * as reflectors from '../../src/decorators/reflector.js';
import * as json from '../../src/http/message/json.js';
import * as requests from '../../src/http/request/request.js';
import * as responses from '../../src/http/response/response.js';
import * as discovery from '../../src/modules/discovery-service.js';
import * as inquirers from '../../src/modules/inquirer.js';
import * as lists from '../../src/modules/list-of.js';
import * as moduleRefs from '../../src/modules/module-ref.js';
import * as settings from '../../src/settings/settings.js';

/** The framework's values that plans may contain, by the files that export them. */
export const FRAMEWORK: Namespaces = new Map(
  Object.entries({
    'contracts/app-tokens': appTokens,
    'contracts/application-description': applicationDescription,
    'contracts/logger': loggers,
    'decorators/reflector': reflectors,
    'http/message/json': json,
    'http/request/request': requests,
    'http/response/response': responses,
    'modules/list-of': lists,
    'modules/discovery-service': discovery,
    'modules/inquirer': inquirers,
    'modules/module-ref': moduleRefs,
    'settings/settings': settings,
  }),
);
