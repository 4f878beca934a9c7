/** A parcel that is booked with the carrier. */
export interface Shipment {
  trackingNumber: string;
  bookedAt: string;
}
