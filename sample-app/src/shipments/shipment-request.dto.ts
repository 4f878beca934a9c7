import { IsUUID } from 'class-validator';

export class ShipmentRequestDto {
  @IsUUID('7')
  orderId!: string;
}
