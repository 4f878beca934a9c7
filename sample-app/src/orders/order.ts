import { Exclude, Expose } from 'class-transformer';
import { ApiProperty } from 'lambent/openapi';
import { CustomerDto, OrderLineDto } from './dto/create-order.dto.js';
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
  @ApiProperty({ format: 'uuid', example: '01890a5d-ac96-774b-bcce-b302099a8057' })
  readonly id!: string;

  @ApiProperty({ enum: OrderStatus })
  readonly status!: OrderStatus;

  @ApiProperty({ type: CustomerDto })
  readonly customer!: Customer;

  @ApiProperty({ type: [OrderLineDto] })
  readonly lines!: readonly OrderLine[];

  readonly note?: string;

  readonly gift?: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  /** The value of `x-caller`. */
  @ApiProperty({ example: 'shop' })
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;

  /** Why a person should look at it before it is shipped: for the staff alone. */
  @Exclude()
  readonly reviewReason?: string;

  constructor(fields: OrderFields) {
    Object.assign(this, fields);
  }

  /** Cents. */
  @ApiProperty({ type: 'integer', example: 900 })
  @Expose()
  get total(): number {
    return totalOf(this.lines);
  }
}

/** Cents. */
export function totalOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
}
