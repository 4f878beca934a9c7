import type { Files } from '../files/changes.js';
import { consumerFiles } from '../files/templates/consumer.js';
import { controllerFiles } from '../files/templates/controller.js';
import { dtoFiles } from '../files/templates/dto.js';
import type { ElementName } from '../files/templates/element-name.js';
import { filterFiles, guardFiles, interceptorFiles, pipeFiles } from '../files/templates/enhancers.js';
import { moduleFiles } from '../files/templates/module.js';
import { resourceFiles } from '../files/templates/resource.js';
import { serviceFiles } from '../files/templates/service.js';
import type { ModuleEntry } from './add-to-module.js';

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
  controller: {
    alias: 'co',
    about: 'a controller with a route',
    role: 'controller',
    list: 'controllers',
    files: controllerFiles,
  },
  service: { alias: 's', about: 'a service', role: 'service', list: 'providers', files: serviceFiles },
  dto: { alias: 'd', about: 'a class that says what is valid', role: 'dto', folder: 'dto', files: dtoFiles },
  guard: { alias: 'gu', about: 'a guard, which lets nobody pass yet', role: 'guard', files: guardFiles },
  interceptor: { alias: 'itc', about: 'an interceptor', role: 'interceptor', files: interceptorFiles },
  pipe: { alias: 'pi', about: 'a pipe', role: 'pipe', files: pipeFiles },
  filter: { alias: 'f', about: 'a filter for errors', role: 'filter', files: filterFiles },
  consumer: {
    alias: 'cons',
    about: 'a consumer of a queue',
    role: 'consumer',
    list: 'providers',
    files: consumerFiles,
  },
  resource: {
    alias: 'res',
    about: 'controller, service, DTOs, module and tests of a resource',
    role: 'module',
    list: 'imports',
    files: resourceFiles,
  },
};
