import { Type } from 'class-transformer';
import { IsDate, IsEmail, IsInt, IsOptional, ValidateNested } from 'class-validator';

export class Customer {
  @IsEmail()
  email!: string;
}

export class OrderPlaced {
  @IsInt()
  id!: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => Customer)
  customer?: Customer;

  @IsOptional()
  @IsDate()
  @Type(() => Date)
  at?: Date;
}

export class OrderCancelled {
  @IsInt()
  id!: number;

  @IsInt()
  reason!: number;
}
