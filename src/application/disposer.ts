import { BootstrapError } from '../errors/bootstrap-error.js';

/**
 * How a resource closes itself.
 *
 * @throws BootstrapError when it can't.
 */
export function disposerOf(resource: unknown): (resource: unknown) => unknown {
  const { [Symbol.asyncDispose]: asyncDispose, [Symbol.dispose]: dispose } = Object(resource) as Partial<AsyncDisposable & Disposable>;
  const close = asyncDispose ?? dispose;
  if (close) return (open) => close.call(open as AsyncDisposable & Disposable);
  throw new BootstrapError(
    'enterAsyncContext: the resource is no disposable, so nothing says how to close it. Give a second argument: (resource) => resource.close().',
  );
}
