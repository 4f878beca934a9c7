import { resolve } from 'node:path';
import type { RouteDescription } from '../contracts/application-description.js';
import type { DeployedConsumer } from '../deployment/demand.js';
import { projectCommand } from './project-command.js';

/** Routes and consumers of an application, as `lambent routes --json` prints them. */
export interface ProjectDescription {
  readonly routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[];
  readonly consumers: readonly DeployedConsumer[];
}

export interface DescriptionQuery {
  /** The root module, as in `src/app.module.ts#AppModule`. */
  readonly module: string | undefined;
  /** The options of `create`, likewise. */
  readonly options: string | undefined;
}

/**
 * @param entry the absolute path of the function's source.
 * @throws BootstrapError when there is no such module, or it has a mistake.
 */
export function projectDescription(entry: string, { module, options }: DescriptionQuery): ProjectDescription {
  return projectCommand(entry, ['routes', ...flag('module', module), ...flag('options', options)]);
}

/** A path starts from where the CDK app runs. */
function flag(name: string, place: string | undefined): string[] {
  return place === undefined ? [] : [`--${name}=${resolve(place)}`];
}
