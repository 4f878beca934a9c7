import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { RouteDescription } from '../contracts/application-description.js';
import type { TableUse } from '../contracts/aws-uses.js';
import type { BucketFacts } from '../deployment/deployment-facts.js';
import type { Permission } from '../deployment/permissions.js';
import type { DeployedConsumer } from '../deployment/subscription.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Carriage } from '../shared/event-types.js';
import type { DeployedDestination } from './connect-destinations.js';

/**
 * Runs a `lambent` command of a project and returns what it prints as JSON.
 *
 * The command runs in its own process, because constructs cannot wait for asynchronous work, and a loaded application
 * must leave nothing behind in the program that deploys it.
 *
 * @param entry The absolute path of a source. The command of its installed lambent runs in its folder.
 * @throws BootstrapError with the output of the command when it fails.
 */
export function projectCommand<T>(entry: string, args: readonly string[]): T {
  const argv = [commandLine(entry), ...args, '--json'];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, argv, {
    cwd: dirname(entry),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw error;
  if (status !== 0)
    throw new BootstrapError(`lambent ${args[0]} of ${entry} failed:\n${stderr.trim() || stdout.trim()}`);
  return JSON.parse(lastObject(stdout)) as T;
}

/** Returns the program of the lambent package that the source imports. */
function commandLine(entry: string): string {
  const manifest = manifestOf(entry);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { lambent: string } };
  return join(dirname(manifest), bin.lambent);
}

function manifestOf(entry: string): string {
  try {
    return createRequire(entry).resolve('lambent/package.json');
  } catch (error) {
    throw new BootstrapError(`The package lambent is not installed in the project of ${entry}.`, { cause: error });
  }
}

/** Skips what loaded sources print before the command prints its object, whose content is indented deeper. */
function lastObject(stdout: string): string {
  return stdout.slice(stdout.lastIndexOf('{\n  "'));
}

/** The routes and consumers of an application, as `lambent routes --json` prints them. */
export interface ProjectDescription {
  readonly routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[];
  readonly consumers: readonly DeployedConsumer[];
  /** The queues and topics whose messages carry requests, from the option `requestsVia` in `createOptions`. */
  readonly requestsVia: readonly Carriage[];
  /** The queues, topics and buses that it sends to. */
  readonly sends: readonly DeployedDestination[];
  /** The rights to read the parameters and secrets of its configuration. */
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
