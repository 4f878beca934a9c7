import 'reflect-metadata';
// What the framework compiles for `@Body() order: Order` during bootstrap. It is not part of the public API.
import { compiledReader } from '../../../dist/esm/validation/compiled/compiled-reader.js';
import { Order } from '../shared/order.dto.js';

const readOrder = compiledReader(Order, { location: 'body' });

/** The reader of a DTO without asynchronous rules is synchronous. */
export function accepts(value: unknown): boolean | Promise<boolean> {
  try {
    const read = readOrder(value);
    return read instanceof Promise
      ? read.then(
          () => true,
          () => false,
        )
      : true;
  } catch {
    return false;
  }
}
