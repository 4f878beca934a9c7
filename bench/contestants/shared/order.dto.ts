import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export class Customer {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsEmail()
  email!: string;

  @IsInt()
  @Min(18)
  @Max(150)
  age!: number;
}

export class OrderLine {
  @Matches(/^[A-Z]{3}-\d{4}$/)
  sku!: string;

  @IsInt()
  @Min(1)
  @Max(1000)
  quantity!: number;

  @IsNumber()
  @Min(0)
  unitPrice!: number;
}

export class Order {
  @IsDefined()
  @ValidateNested()
  @Type(() => Customer)
  customer!: Customer;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OrderLine)
  lines!: OrderLine[];

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @IsBoolean()
  gift!: boolean;
}
