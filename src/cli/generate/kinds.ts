import type { ModuleEntry } from '../files/add-to-module.js';
import type { Files } from '../files/changes.js';
import type { ElementName } from '../files/templates/element-name.js';
import { consumerFiles, controllerFiles, dtoFiles, moduleFiles, serviceFiles } from '../files/templates/elements.js';
import { filterFiles, guardFiles, interceptorFiles, pipeFiles } from '../files/templates/enhancers.js';
import { resourceFiles } from '../files/templates/resource.js';

/** A kind of class that `lambent generate` creates. */
export interface Kind {
  readonly alias: string;
  /** One line for the help. */
  readonly about: string;
  /** The suffix of the class and file that the module lists. */
  readonly role: string;
  /** The list of `@Module` that it belongs in; absent if in none. */
  readonly list?: ModuleEntry['list'];
  /** The folder to create; named after the class by default. */
  readonly folder?: string;
  files(name: ElementName): Files;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  module: { alias: 'mo', about: 'Module', role: 'module', list: 'imports', files: moduleFiles },
  controller: {
    alias: 'co',
    about: 'Controller with a route',
    role: 'controller',
    list: 'controllers',
    files: controllerFiles,
  },
  service: { alias: 's', about: 'Service', role: 'service', list: 'providers', files: serviceFiles },
  dto: { alias: 'd', about: 'DTO class with validation rules', role: 'dto', folder: 'dto', files: dtoFiles },
  guard: { alias: 'gu', about: 'Guard that refuses everybody until you edit it', role: 'guard', files: guardFiles },
  interceptor: { alias: 'itc', about: 'Interceptor', role: 'interceptor', files: interceptorFiles },
  pipe: { alias: 'pi', about: 'Pipe', role: 'pipe', files: pipeFiles },
  filter: { alias: 'f', about: 'Exception filter', role: 'filter', files: filterFiles },
  consumer: {
    alias: 'cons',
    about: 'Consumer of an SQS queue',
    role: 'consumer',
    list: 'providers',
    files: consumerFiles,
  },
  resource: {
    alias: 'res',
    about: 'Module, controller, service, DTOs, entity and tests',
    role: 'module',
    list: 'imports',
    files: resourceFiles,
  },
};
