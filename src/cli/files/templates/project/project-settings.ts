import type { PackageManager } from './package-managers.js';
import type { TestRunner } from './test-runners.js';

/** The choices that the templates of a new project depend on. */
export interface ProjectSettings {
  /** The npm package name. */
  readonly name: string;
  readonly frontDoor: FrontDoor;
  readonly testRunner: TestRunner;
  readonly deployment: DeploymentTool;
  readonly packageManager: PackageManager;
  /** Whether the project is in a subfolder of a Git repository, where GitHub runs no workflows. */
  readonly inRepository: boolean;
  /** The npm version or spec of lambent. */
  readonly lambent: string;
  /** The versions of other packages that lambent is tested with. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The deployment tool of a project, as `lambent new --deploy` names it. */
export type DeploymentTool = 'sam' | 'cdk' | 'terraform' | 'serverless' | 'sst';

/** The kind of API in front of the function, as `lambent new --api` names it. */
export type FrontDoor = keyof typeof FRONT_DOORS;

interface FrontDoorTemplate {
  /** A few words for the list of choices. */
  readonly about: string;
  /** The kind of API, for the README. */
  readonly title: string;
  /** The source that the emulator uses for it. */
  readonly source: string;
}

export const FRONT_DOORS = {
  'http-api': { about: 'cheap and fast, for most APIs', title: 'an API Gateway HTTP API', source: 'v2' },
  'rest-api': { about: 'with usage plans, caching, WAF', title: 'an API Gateway REST API', source: 'v1' },
  'function-url': { about: 'no gateway, can stream', title: 'a function URL', source: 'function-url' },
} as const satisfies Readonly<Record<string, FrontDoorTemplate>>;
