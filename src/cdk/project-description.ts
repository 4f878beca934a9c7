import { resolve } from 'node:path';
import type { RouteDescription } from '../contracts/application-description.js';
import type { DeployedConsumer } from '../deployment/demand.js';
import type { Carriage } from '../shared/via.js';
import { projectCommand } from './project-command.js';

/** Routes and consumers of an application, as `lambent routes --json` prints them. */
export interface ProjectDescription {
  readonly routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[];
  readonly consumers: readonly DeployedConsumer[];
  /** Whose messages are requests: of the option `requestsVia` in `createOptions`. */
  readonly requestsVia: readonly Carriage[];
}

export interface DescriptionQuery {
  /** The root module, as in `src/app.module.ts#AppModule`. */
  readonly module: string | undefined;
  /** The options of `create`, likewise. */
  readonly options: string | undefined;
}

/** An application that several stacks deploy is loaded once. */
const descriptions = new Map<string, ProjectDescription>();

/**
 * @param entry the absolute path of the function's source.
 * @throws BootstrapError when there is no such module, or it has a mistake.
 */
export function projectDescription(entry: string, { module, options }: DescriptionQuery): ProjectDescription {
  const args = ['routes', ...flag('module', module), ...flag('options', options)];
  const key = JSON.stringify([entry, args]);
  const description = descriptions.get(key) ?? projectCommand<ProjectDescription>(entry, args);
  descriptions.set(key, description);
  return description;
}

/** A path starts from where the CDK app runs. */
function flag(name: string, place: string | undefined): string[] {
  return place === undefined ? [] : [`--${name}=${resolve(place)}`];
}
