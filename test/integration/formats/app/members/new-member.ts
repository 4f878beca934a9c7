import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsDate,
  IsDefined,
  IsEmail,
  IsEnum,
  IsInt,
  IsOptional,
  IsString,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { noteBuilder } from './built-by.js';
import { Plan } from './plan.js';

export class PostalAddress {
  @IsString()
  street!: string;

  @MinLength(2)
  city!: string;
}

export class Phone {
  @IsString()
  number!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  priority?: number;
}

export class NewMember {
  @IsString()
  @Transform(({ value }) => {
    noteBuilder();
    return typeof value === 'string' ? value.trim() : value;
  })
  name!: string;

  @IsEmail()
  email!: string;

  @IsEnum(Plan)
  plan!: Plan;

  @ValidateIf((member: NewMember) => member.plan === Plan.Family)
  @IsInt()
  @Min(2)
  persons?: number;

  @IsDate()
  @Type(() => Date)
  joined!: Date;

  @IsDefined()
  @ValidateNested()
  @Type(() => PostalAddress)
  address!: PostalAddress;

  @IsOptional()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => Phone)
  phones?: Phone[];

  @IsOptional()
  @Type(() => Buffer)
  signature?: Buffer;
}
