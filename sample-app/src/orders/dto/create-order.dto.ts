import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiProperty } from 'lambent/openapi';

export class CustomerDto {
  @ApiProperty({ example: 'Ada Lovelace' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiProperty({ example: 'ada@example.com' })
  @IsEmail()
  email!: string;

  @IsOptional()
  @IsInt()
  @Min(16)
  @Max(130)
  age?: number;
}

export class OrderLineDto {
  @ApiProperty({ example: 'TEA-0042' })
  @Matches(/^[A-Z]{3}-\d{4}$/, { message: 'sku must be three capital letters, a hyphen and four digits' })
  sku!: string;

  @ApiProperty({ example: 2 })
  @IsInt()
  @Min(1)
  @Max(999)
  quantity!: number;

  /** Cents. */
  @ApiProperty({ example: 450 })
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  unitPrice!: number;
}

export class CreateOrderDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => CustomerDto)
  customer!: CustomerDto;

  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OrderLineDto)
  lines!: OrderLineDto[];

  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;

  @IsOptional()
  @IsBoolean()
  gift?: boolean;
}
