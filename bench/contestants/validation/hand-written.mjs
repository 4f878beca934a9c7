import { validateOrder } from '../hand-written/validate-order.mjs';

export const accepts = (value) => validateOrder(value).length === 0;
