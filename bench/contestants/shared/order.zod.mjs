import { z } from 'zod';

/** The rules of an order, for zod. */
export const Order = z.object({
  customer: z.object({
    name: z.string().min(1).max(100),
    email: z.email(),
    age: z.int().min(18).max(150),
  }),
  lines: z
    .array(
      z.object({
        sku: z.string().regex(/^[A-Z]{3}-\d{4}$/),
        quantity: z.int().min(1).max(1000),
        unitPrice: z.number().min(0),
      }),
    )
    .min(1)
    .max(100),
  note: z.string().max(500).optional(),
  gift: z.boolean(),
});
