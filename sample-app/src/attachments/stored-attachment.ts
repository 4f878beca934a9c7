import { ApiProperty } from 'lambent/openapi';

/** The facts about a file that its sender is told. */
export class StoredAttachment {
  @ApiProperty({ example: 'receipt.pdf' })
  readonly name!: string;

  @ApiProperty({ example: 'application/pdf' })
  readonly mediaType!: string;

  /** Bytes. */
  @ApiProperty({ type: 'integer', example: 48_113 })
  readonly size!: number;
}
