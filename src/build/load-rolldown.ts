import { BootstrapError } from '../errors/bootstrap-error.js';

/** @throws BootstrapError when rolldown is not installed, or this Node can't load it. */
export async function loadRolldown(): Promise<typeof import('rolldown')> {
  try {
    return await import('rolldown');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new BootstrapError('build() needs rolldown, which is not installed: npm install --save-dev rolldown', { cause: error });
    }
    throw new BootstrapError(`rolldown can't be loaded by Node ${process.version}: ${message}`, { cause: error });
  }
}
