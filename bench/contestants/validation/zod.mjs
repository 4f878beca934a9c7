import { Order } from '../shared/order.zod.mjs';

export const accepts = (value) => Order.safeParse(value).success;
