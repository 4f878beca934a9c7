import { ApiProperty } from 'lambent/openapi';

export class Health {
  @ApiProperty({ enum: ['ok'] })
  readonly status!: string;
}
