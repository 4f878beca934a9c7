import { ApiProperty } from 'lambent/openapi';
import { Order } from './order.js';

/** Some of the orders, newest first. */
export class OrdersPage {
  @ApiProperty({ type: [Order] })
  readonly orders!: readonly Order[];

  /** For the parameter `cursor`; not there on the last page. */
  @ApiProperty({ required: false })
  readonly nextCursor?: string;
}
