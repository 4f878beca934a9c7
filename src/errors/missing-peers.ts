import { BootstrapError } from './bootstrap-error.js';

/**
 * Returns a handler for the `catch` of an `import()` of optional peers. Bundlers accept that the packages of an import
 * with a `catch` may be missing.
 *
 * @param feature The part of the framework that needs the packages.
 * @param packages All packages that it needs, separated by spaces.
 * @throws BootstrapError that says what to install when a package is missing, any other error as it is.
 */
export function missingPeers(feature: string, packages: string): (error: unknown) => never {
  return (error) => {
    if (!isNotInstalled(error)) throw error;
    throw new BootstrapError(
      `${feature} needs packages that are not installed: npm install ${packages} (${error.message.split('\n', 1)[0]})`,
      { cause: error },
    );
  };
}

/** Whether an `import()` failed because its package, or one that it imports, is not installed. */
export function isNotInstalled(error: unknown): error is Error {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
