import { Transform } from 'class-transformer';
import { IsEnum, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { decodeCursor } from '../cursor.js';
import { OrderStatus } from '../order-status.js';

export class ListOrdersQuery {
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;

  /** The `nextCursor` of the page before. */
  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? decodeCursor(value) : value))
  @IsUUID('7', { message: 'cursor must be the nextCursor of a page' })
  cursor?: string;

  @IsOptional()
  @IsEnum(OrderStatus)
  status?: OrderStatus;
}
