import { Exclude, Expose } from 'class-transformer';
import { OrderStatus } from './order-status.js';

export interface Customer {
  name: string;
  email: string;
  age?: number;
}

export interface OrderLine {
  sku: string;
  quantity: number;
  /** Cents. */
  unitPrice: number;
}

export type OrderFields = Omit<Order, 'total'>;

/** An order as it is stored, and as callers see it but for what is excluded. */
export class Order {
  readonly id!: string;
  readonly status!: OrderStatus;
  readonly customer!: Customer;
  readonly lines!: readonly OrderLine[];
  readonly note?: string;
  readonly gift?: boolean;
  readonly createdAt!: string;
  readonly createdBy!: string;
  readonly updatedAt!: string;

  /** Why a person should look at it before it is shipped: for the staff alone. */
  @Exclude()
  readonly reviewReason?: string;

  constructor(fields: OrderFields) {
    Object.assign(this, fields);
  }

  /** Cents. */
  @Expose()
  get total(): number {
    return totalOf(this.lines);
  }
}

/** Cents. */
export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}
