import { ApiProperty } from 'lambent/openapi';

/** A parcel booked with the carrier. */
export class Shipment {
  @ApiProperty({ example: '9F86D081884C' })
  readonly trackingNumber!: string;

  @ApiProperty({ format: 'date-time' })
  readonly bookedAt!: string;
}
