import { IsEnum } from 'class-validator';
import { ApiProperty } from 'lambent/openapi';
import { OrderStatus } from '../order-status.js';

export class UpdateStatusDto {
  @ApiProperty({ example: OrderStatus.PAID })
  @IsEnum(OrderStatus)
  status!: OrderStatus;
}
