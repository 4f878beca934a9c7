import { ApiProperty } from 'lambent/openapi';
import type { OrderStatus } from '../orders/order-status.js';
import type { DailySales } from '../projections/sale.js';

/** What was reported of a day. */
export class Report implements DailySales {
  @ApiProperty({ format: 'date', example: '2026-03-02' })
  readonly day!: string;

  @ApiProperty({ type: 'integer', example: 3 })
  readonly orders!: number;

  @ApiProperty({ type: 'integer', description: 'Cents, of orders that were not cancelled.', example: 5550 })
  readonly revenue!: number;

  @ApiProperty({
    type: 'object',
    description: 'Orders by what has become of them.',
    additionalProperties: { type: 'integer' },
    example: { paid: 2, cancelled: 1 },
  })
  readonly byStatus!: Partial<Record<OrderStatus, number>>;

  @ApiProperty({ format: 'date-time' })
  readonly reportedAt!: string;
}
