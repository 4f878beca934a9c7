import { ApiProperty } from 'lambent/openapi';

/** What callers are told of a file that they sent. */
export class StoredAttachment {
  @ApiProperty({ example: 'receipt.pdf' })
  readonly name!: string;

  @ApiProperty({ example: 'application/pdf' })
  readonly mediaType!: string;

  /** Bytes. */
  @ApiProperty({ type: 'integer', example: 48_113 })
  readonly size!: number;
}
