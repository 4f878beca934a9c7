import type { Files } from '../../changes.js';

/** Something that `lambent add` puts into a project: a module of Lambent, configured, with an example and its test. */
export interface Service {
  /** One line for the help. */
  readonly about: string;
  /** Packages that it needs besides Lambent. */
  readonly packages: readonly string[];
  /** Packages that only its test needs. */
  readonly testPackages?: readonly string[];
  /** The folder below `src`. */
  readonly folder: string;
  /** The class that the root module imports, and its file in the folder. */
  readonly module: readonly [name: string, file: string];
  /** The module of Lambent that it configures, which a project imports once. */
  readonly lambentModule?: string;
  /** Lines of `.env.example`. */
  readonly variables?: string;
  /** The steps for the user before it is deployed. */
  readonly next: readonly string[];
  /** Its page in the documentation. */
  readonly page: string;
  /**
   * Returns its files, relative to the folder.
   *
   * @param name the name of the project, of letters, digits, dots, hyphens, underscores and slashes.
   */
  files(name: string): Files;
}
