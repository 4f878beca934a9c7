import 'reflect-metadata';
// What the framework makes of `@Body() order: Order` at bootstrap; it is not exported for itself.
import { dtoReader } from '../../../dist/esm/validation/dto-reader.js';
import { Order } from '../shared/order.dto.js';

const read = dtoReader(Order, { location: 'body' });

export async function accepts(value: unknown) {
  try {
    await read(value);
    return true;
  } catch {
    return false;
  }
}
