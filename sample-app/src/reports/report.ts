import { ApiProperty } from 'lambent/openapi';
import type { OrderStatus } from '../orders/order-status.js';
import type { DailySales } from '../projections/sale.js';

/** The report of a day. */
export class Report implements DailySales {
  @ApiProperty({ format: 'date', example: '2026-03-02' })
  readonly day!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly orders!: number;

  /** Cents, of orders that were not cancelled. */
  @ApiProperty({ type: 'integer', example: 5550 })
  readonly revenue!: number;

  /** Orders by what has become of them. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { paid: 2, cancelled: 1 },
  })
  readonly byStatus!: Partial<Record<OrderStatus, number>>;

  @ApiProperty({ format: 'date-time' })
  readonly reportedAt!: string;
}
