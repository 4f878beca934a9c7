import { IsEnum } from 'class-validator';
import { OrderStatus } from '../order-status.js';

export class UpdateStatusDto {
  @IsEnum(OrderStatus)
  status!: OrderStatus;
}
