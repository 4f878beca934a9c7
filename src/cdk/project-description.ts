import { resolve } from 'node:path';
import type { RouteDescription } from '../contracts/application-description.js';
import type { TableUse } from '../contracts/aws-uses.js';
import type { BucketFacts, DestinationFacts } from '../deployment/deployment-facts.js';
import type { Permission } from '../deployment/permissions.js';
import type { DeployedConsumer } from '../deployment/subscription.js';
import type { Carriage } from '../shared/event-types.js';
import { projectCommand } from './run-lambent.js';

/** The routes and consumers of an application, as `lambent routes --json` prints them. */
export interface ProjectDescription {
  readonly routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[];
  readonly consumers: readonly DeployedConsumer[];
  /** The queues and topics whose messages carry requests, from the option `requestsVia` in `createOptions`. */
  readonly requestsVia: readonly Carriage[];
  /** The queues, topics and buses that it sends to. */
  readonly sends: readonly DestinationFacts[];
  /** The permissions to read the parameters and secrets of its configuration. */
  readonly reads: readonly Permission[];
  /** The tables that its modules keep. */
  readonly tables: readonly TableUse[];
  /** The buckets of large payloads. */
  readonly buckets: readonly BucketFacts[];
}

interface DescriptionQuery {
  /** The root module, such as `src/app.module.ts#AppModule`. */
  readonly module: string | undefined;
  /** The options of `create`, in the same form. */
  readonly options: string | undefined;
}

/** Descriptions by entry and options: an application that several stacks deploy is loaded once. */
const descriptions = new Map<string, ProjectDescription>();

/**
 * Describes the application of a function.
 *
 * @param entry The absolute path of the function's source.
 * @throws BootstrapError when the module does not exist or is invalid.
 */
export function projectDescription(entry: string, { module, options }: DescriptionQuery): ProjectDescription {
  const args = ['routes', ...flag('module', module), ...flag('options', options)];
  const key = JSON.stringify([entry, args]);
  const description = descriptions.get(key) ?? projectCommand<ProjectDescription>(entry, args);
  descriptions.set(key, description);
  return description;
}

/** Returns a flag whose path is relative to where the CDK app runs. */
function flag(name: string, place: string | undefined): string[] {
  return place === undefined ? [] : [`--${name}=${resolve(place)}`];
}
