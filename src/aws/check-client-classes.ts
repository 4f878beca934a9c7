import { BootstrapError } from '../errors/bootstrap-error.js';
import { describeValue } from '../errors/describe-value.js';

/** @throws BootstrapError for an item of the option `clients` that is not a class. */
export function checkClientClasses(clients: readonly unknown[], module: string): void {
  const index = clients.findIndex((client) => typeof client !== 'function');
  if (index === -1) return;
  throw new BootstrapError(
    `${module}: clients[${index}] is ${describeValue(clients[index])}; it takes the class of a client, such as ` +
      'S3Client. If it is one, its file is part of a circular import and has not been evaluated yet.',
  );
}
