import { BootstrapError } from '../errors/bootstrap-error.js';

/**
 * Says what to install, for the `catch` of an `import()` of optional peers. (A bundler takes an import with a `catch`
 * for one that may be missing.)
 *
 * @param packages All that the part of the framework needs, as npm takes them.
 * @throws BootstrapError when one of them is not installed; any other error as it is.
 */
export function missingPeers(who: string, packages: string): (error: unknown) => never {
  return (error) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new BootstrapError(
      `${who} needs packages that are not installed: npm install ${packages} (${message.split('\n', 1)[0]})`,
      {
        cause: error,
      },
    );
  };
}
