import { compileOrder } from '../shared/order.ajv.mjs';
import { orderSchema } from '../shared/order.schema.mjs';

export const accepts = compileOrder(orderSchema);
