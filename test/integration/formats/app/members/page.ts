import { Expose, Transform, Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max } from 'class-validator';

export class Page {
  @IsOptional()
  @IsInt()
  @Max(50)
  limit: number = 20;

  @IsOptional()
  @IsBoolean()
  paid?: boolean;

  @IsOptional()
  @IsInt()
  @Expose({ name: 'page' })
  pageNumber?: number;

  @IsOptional()
  @IsInt({ each: true })
  @Type(() => Number)
  ids?: number[];

  @IsOptional()
  @IsString()
  @Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value))
  sort?: string;
}
