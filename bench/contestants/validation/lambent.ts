import 'reflect-metadata';
// What the framework makes of `@Body() order: Order` at bootstrap; it is not exported for itself.
import { compiledReader } from '../../../dist/esm/validation/compiled/compiled-reader.js';
import { Order } from '../shared/order.dto.js';

const readOrder = compiledReader(Order, { location: 'body' });

/** Of a DTO without asynchronous rules the reader answers at once. */
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
