// Compiled by every compiler that emits types: what it leaves of them differs, what is done with input must not.
import { Expose, Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDate,
  IsEnum,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  ValidateNested,
} from 'class-validator';

type Count = number;
type Names = string[];
type Sort = 'name' | 'age';

enum Color {
  Red,
  Green,
}

enum Kind {
  Small = 'small',
  Large = 'large',
}

class Point {
  @IsInt()
  x!: number;
}

/** All of whose types the compiler has to find out. */
export class Inferred {
  @IsInt()
  @Max(100)
  limit = 20;

  @IsBoolean()
  deep = false;

  @IsString()
  sort = 'name';

  @IsDate()
  @Type(() => Date)
  since = new Date(0);

  @IsInt({ each: true })
  ids = [1];
}

/** Types under a name of their own, as only TypeScript's own compiler follows them. */
export class Aliased {
  @IsInt()
  count!: Count;

  @ArrayNotEmpty()
  @IsString({ each: true })
  names!: Names;

  @IsIn(['name', 'age'])
  sort!: Sort;
}

/** What `null` makes of a type depends on strictNullChecks. */
export class Nullable {
  @IsNumber()
  count!: number | null;

  @IsBoolean()
  deep!: boolean | null;

  @IsArray()
  @IsInt({ each: true })
  ids!: number[] | null;

  @ValidateNested()
  @Type(() => Point)
  at!: Point | null;

  @ValidateNested({ each: true })
  @IsArray()
  @Type(() => Point)
  path!: Point[] | null;
}

export class Frozen {
  @IsArray()
  @IsInt({ each: true })
  ids!: readonly number[];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Point)
  path!: readonly Point[];
}

export class Enums {
  @IsEnum(Color)
  color!: Color;

  @IsEnum(Color)
  shade!: Color | null;

  @IsEnum(Kind)
  kind!: Kind;

  @IsIn([Kind.Small])
  size!: Kind.Small;
}

/** Whose rules of items leave open whether there may be one value. */
export class Items {
  @IsString({ each: true })
  tags!: readonly string[];
}

/** Whose rules tell. */
export class OneOrMore {
  @IsNotEmpty()
  @IsString({ each: true })
  tags!: string | string[];
}

export class OnePoint {
  @ValidateNested({ each: true })
  @Type(() => Point)
  at!: Point | Point[];
}

export class Exposed {
  @Expose({ name: 'page-size' })
  @IsOptional()
  @IsInt()
  size = 10;
}
