import type { ModuleEntry } from '../source/add-to-module.js';
import { consumerFiles } from '../templates/consumer.js';
import { controllerFiles } from '../templates/controller.js';
import { dtoFiles } from '../templates/dto.js';
import { filterFiles } from '../templates/filter.js';
import { guardFiles } from '../templates/guard.js';
import { interceptorFiles } from '../templates/interceptor.js';
import { moduleFiles } from '../templates/module.js';
import { pipeFiles } from '../templates/pipe.js';
import { resourceFiles } from '../templates/resource/files.js';
import { serviceFiles } from '../templates/service.js';
import type { Files } from '../templates/files.js';
import type { ElementName } from '../templates/element-name.js';

/** Something that `generate` makes. */
export interface Kind {
  readonly alias: string;
  readonly about: string;
  /** What its class and file end in, and the module lists. */
  readonly role: string;
  /** Where the nearest module lists it; it doesn't unless given. */
  readonly list?: ModuleEntry['list'];
  /** Its folder in that of its name; the name itself unless given. */
  readonly folder?: string;
  files(name: ElementName): Files;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  module: { alias: 'mo', about: 'a module', role: 'module', list: 'imports', files: moduleFiles },
  controller: { alias: 'co', about: 'a controller with a route', role: 'controller', list: 'controllers', files: controllerFiles },
  service: { alias: 's', about: 'a service', role: 'service', list: 'providers', files: serviceFiles },
  dto: { alias: 'd', about: 'a class that says what is valid', role: 'dto', folder: 'dto', files: dtoFiles },
  guard: { alias: 'gu', about: 'a guard, which lets nobody pass yet', role: 'guard', files: guardFiles },
  interceptor: { alias: 'itc', about: 'an interceptor', role: 'interceptor', files: interceptorFiles },
  pipe: { alias: 'pi', about: 'a pipe', role: 'pipe', files: pipeFiles },
  filter: { alias: 'f', about: 'a filter for errors', role: 'filter', files: filterFiles },
  consumer: { alias: 'cons', about: 'a consumer of a queue', role: 'consumer', list: 'providers', files: consumerFiles },
  resource: { alias: 'res', about: 'controller, service, DTOs, module and tests of a resource', role: 'module', list: 'imports', files: resourceFiles },
};
