import { documentation } from '../../../../../shared/documentation.js';
import type { Files } from '../../../changes.js';
import type { ProjectSettings } from '../project-settings.js';

/** A tool that deploys a project, with the files that it needs. */
export interface Deployment {
  /** A few words for the list of choices. */
  readonly about: string;
  /** The programs that the tool needs on the machine, for the README. */
  readonly needs: string;
  /** The command line that deploys. */
  readonly command: string;
  /** Whether it bundles the function itself, so that `lambent build` need not run before. */
  readonly bundles?: boolean;
  /** Packages in the versions that lambent is tested with. */
  readonly packages?: readonly string[];
  /** Packages that lambent knows only from here, with their versions. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Folders with TypeScript besides `src`. */
  readonly sources?: readonly string[];
  /** The versions of Node that the tool needs, if not every one that lambent runs on. */
  readonly node?: string;
  /** Lines of .gitignore. */
  readonly ignored: readonly string[];
  /** A command of lambent by which CI checks that the files fit the decorators. */
  readonly check?: string;
  /** The way in which consumers get their events, for the README. */
  readonly consumers: string;
  /** The file to look at first, and what it is, for the README. */
  readonly mainFile: readonly [path: string, about: string];
  files(settings: ProjectSettings): Files;
}

/** Seconds that Lambda gives the function: as long as a REST API waits. An HTTP API waits for 30. */
export const LAMBDA_TIMEOUT = 29;

/** Seconds after which the application responds with 504: less than {@link LAMBDA_TIMEOUT}. */
export const FUNCTION_TIMEOUT = 28;

/**
 * The most characters of a project's name in AWS. Functions and roles have 64, of which the Serverless Framework takes
 * up to 26 for a stage, a region and its own word.
 */
const LONGEST_NAME = 38;

/**
 * Returns the name of a project as Lambda and deployment tools take it: letters, digits and hyphens, beginning with a
 * letter, and no longer than the names that are made of it may be. npm takes more.
 */
export function deployedName(project: string): string {
  const name = project.replaceAll(/[^a-z0-9-]/g, '-');
  return (/^[a-z]/.test(name) ? name : `app-${name}`).slice(0, LONGEST_NAME).replace(/-$/, '');
}

/** Says how consumers get their events, for tools with a guide. */
export function guideText(page: string): string {
  const guide = documentation(page);
  return `\`lambent describe\` lists what consumers need, and\n[the guide](${guide}) shows how to create it.`;
}
