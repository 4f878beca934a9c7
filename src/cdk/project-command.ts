import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { RouteDescription } from '../contracts/application-description.js';
import type { DeployedConsumer } from '../deployment/subscription.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { Carriage } from '../shared/event-types.js';

/**
 * What a command prints as JSON, called beside a source of the project. A process of its own, because constructs can't
 * wait for what is asynchronous, and an application that is loaded must leave nothing in the program that deploys it.
 *
 * @param entry the absolute path of a source: its lambent is called, in its folder.
 * @throws BootstrapError with what the command said, when it fails.
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

/** The program of the lambent that the source imports. */
function commandLine(entry: string): string {
  const manifest = manifestOf(entry);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { lambent: string } };
  return join(dirname(manifest), bin.lambent);
}

function manifestOf(entry: string): string {
  try {
    return createRequire(entry).resolve('lambent/package.json');
  } catch (error) {
    throw new BootstrapError(`${entry} finds no package lambent: install it in that project.`, { cause: error });
  }
}

/** Sources that are loaded may print, too, before the command does. What is inside of its object is indented deeper. */
function lastObject(stdout: string): string {
  return stdout.slice(stdout.lastIndexOf('{\n  "'));
}

/** Routes and consumers of an application, as `lambent routes --json` prints them. */
export interface ProjectDescription {
  readonly routes: readonly Pick<RouteDescription, 'method' | 'path' | 'handler'>[];
  readonly consumers: readonly DeployedConsumer[];
  /** Whose messages are requests: of the option `requestsVia` in `createOptions`. */
  readonly requestsVia: readonly Carriage[];
}

interface DescriptionQuery {
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
