import type { ElementName } from '../element-name.js';

/** What a client sends to make one. */
export function createDtoText({ singular }: ElementName): string {
  return `import { IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class Create${singular.pascal}Dto {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;
}
`;
}

/** What a client sends to change one: the same, none of it needed. */
export function updateDtoText({ singular }: ElementName): string {
  return `import { IsOptional, IsString, Length, MaxLength, ValidateIf } from 'class-validator';

export class Update${singular.pascal}Dto {
  // Left out is fine, null is not.
  @ValidateIf((_dto, name) => name !== undefined)
  @IsString()
  @Length(1, 100)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;
}
`;
}

/** What is kept and answered. Its class ends in `Entity`, so that it can't be mistaken for `Post` or `Event` of lambent. */
export function entityText({ singular }: ElementName): string {
  return `import { IsUUID } from 'class-validator';
import { Create${singular.pascal}Dto } from '../dto/create-${singular.kebab}.dto.js';

export class ${singular.pascal}Entity extends Create${singular.pascal}Dto {
  @IsUUID()
  id!: string;
}
`;
}
